package io.leeway.policy;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The named days of a version, from its {@code Calendars} sheets. Working days are Monday to Friday but those of the
 * calendar {@link #HOLIDAYS}, where there is one.
 */
public record Calendars(Map<String, List<DayRule>> rules) {
    /** The calendar of days on which nobody works. */
    public static final String HOLIDAYS = "holidays";

    /** Of a version that names no days. */
    public static final Calendars NONE = new Calendars(Map.of());

    public Calendars {
        Map<String, List<DayRule>> copy = new HashMap<>();
        rules.forEach((name, days) -> copy.put(name, List.copyOf(days)));
        rules = Map.copyOf(copy);
    }

    /** Their names, in order. */
    public Set<String> names() {
        return new TreeSet<>(rules.keySet());
    }

    /** Whether the day is one of the calendar's; of a calendar that is not there, none is. */
    public boolean includes(String calendar, LocalDate day) {
        return rules.getOrDefault(calendar, List.of()).stream().anyMatch(rule -> rule.includes(day, this::isHoliday));
    }

    private boolean isHoliday(LocalDate day) {
        return rules.getOrDefault(HOLIDAYS, List.of()).stream()
                .anyMatch(rule -> !rule.asksForWorkingDays() && rule.includes(day, other -> false));
    }
}
