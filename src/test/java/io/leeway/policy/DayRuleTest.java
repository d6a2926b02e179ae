package io.leeway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.policy.DayRule.Period;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Days that come again, against days listed period by period. */
class DayRuleTest {
    private static final LocalDate FIRST = LocalDate.of(2023, 1, 1);
    private static final LocalDate END = LocalDate.of(2029, 1, 1);
    private static final Set<LocalDate> HOLIDAYS =
            Set.of(LocalDate.of(2024, 12, 31), LocalDate.of(2024, 12, 30), LocalDate.of(2026, 1, 1));

    static Stream<String> edges() {
        List<String> edges = new ArrayList<>();
        for (String side : List.of("first", "last")) {
            for (String count : List.of("", " 1", " 3", " 10", " 99")) {
                for (String working : List.of("", " working")) {
                    for (Period period : Period.values()) {
                        String days = count.isEmpty() ? " day of " : " days of ";
                        edges.add(side + count + working + days + period.name().toLowerCase(java.util.Locale.ROOT));
                    }
                }
            }
        }
        return edges.stream();
    }

    @ParameterizedTest
    @MethodSource("edges")
    void an_edge_holds_the_first_or_last_days_of_every_period(String text) {
        DayRule rule = Objects.requireNonNull(DayRule.parse(text));
        String[] words = text.split(" ");
        int count = words[1].matches("[0-9]+") ? Integer.parseInt(words[1]) : 1;
        boolean working = text.contains("working");
        List<LocalDate> period = new ArrayList<>();
        for (LocalDate day = FIRST; day.isBefore(END); day = day.plusDays(1)) {
            period.add(day);
            if (isLast(day, Period.valueOf(words[words.length - 1].toUpperCase(java.util.Locale.ROOT)))) {
                List<LocalDate> counted =
                        period.stream().filter(it -> !working || isWorking(it)).toList();
                int some = Math.min(count, counted.size());
                List<LocalDate> expected = words[0].equals("first")
                        ? counted.subList(0, some)
                        : counted.subList(counted.size() - some, counted.size());
                assertThat(period.stream().filter(it -> rule.includes(it, HOLIDAYS::contains)))
                        .containsExactlyElementsOf(expected);
                period.clear();
            }
        }
    }

    private static boolean isLast(LocalDate day, Period period) {
        LocalDate next = day.plusDays(1);
        return switch (period) {
            case MONTH -> next.getDayOfMonth() == 1;
            case QUARTER -> next.getDayOfMonth() == 1 && Set.of(1, 4, 7, 10).contains(next.getMonthValue());
            case YEAR -> next.getDayOfYear() == 1;
        };
    }

    private static boolean isWorking(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY
                && day.getDayOfWeek() != DayOfWeek.SUNDAY
                && !HOLIDAYS.contains(day);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-24, 2026-12-24, true",
        "2026-12-24, 2026-12-25, false",
        "2026-12-24..2026-12-31, 2026-12-23, false",
        "2026-12-24..2026-12-31, 2026-12-24, true",
        "2026-12-24 .. 2026-12-31, 2026-12-31, true",
        "2026-12-24..2026-12-31, 2027-01-01, false",
        "Weekends, 2026-11-20, false",
        "weekends, 2026-11-21, true",
        "weekends, 2026-11-22, true",
        "weekends, 2026-11-23, false",
        "Last  Day of the Month, 2028-02-29, true",
    })
    void days_are_named(String text, LocalDate day, boolean included) {
        assertThat(Objects.requireNonNull(DayRule.parse(text)).includes(day, it -> false))
                .isEqualTo(included);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "month-end",
                "last",
                "last day",
                "last day of week",
                "last 0 days of month",
                "last 100 days of year",
                "last -1 days of month",
                "2026-02-30",
                "2026-12-31..2026-12-24",
                "2026-12-24..",
                "24.12.2026",
                "Mondays",
            })
    void anything_else_is_no_spelling(String text) {
        assertThat(DayRule.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2024-12-29, false",
        "2024-12-30, false",
        "2024-12-27, true",
        "2024-12-31, false",
        "2026-01-30, true",
    })
    void working_days_know_the_calendar_of_holidays(LocalDate day, boolean included) {
        Calendars calendars = new Calendars(Map.of(
                "month-end", List.of(Objects.requireNonNull(DayRule.parse("last working day of month"))),
                "holidays", List.of(Objects.requireNonNull(DayRule.parse("2024-12-30..2024-12-31")))));
        assertThat(calendars.includes("month-end", day)).isEqualTo(included);
        assertThat(calendars.includes("quarter-end", day)).isFalse();
    }
}
