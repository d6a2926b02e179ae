package io.leeway.policy.table;

import io.leeway.policy.Calendars;
import io.leeway.policy.DayRule;
import io.leeway.policy.Suggestion;
import io.leeway.policy.check.FindingCode;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The named days of a version, from its {@code Calendars} sheets: {@code Calendar | Day | Meaning}, one line for some days or
 * for some that come again. A calendar may go on over several lines and sheets.
 */
final class CalendarsSheet {
    static final String WORD = "Calendars";

    private static final List<String> COLUMNS = List.of("Calendar", "Day", "Meaning");
    private static final Pattern NAME = Pattern.compile("[\\p{L}][\\p{L}\\p{N} ._-]{0,63}");

    private final Map<String, List<DayRule>> calendars = new HashMap<>();

    Calendars calendars() {
        return new Calendars(calendars);
    }

    void read(Sheet sheet, Source source, CellReader cells) {
        HeaderRow header = HeaderRow.read(sheet, source, WORD, COLUMNS);
        if (header == null) {
            return;
        }
        for (int row : header.rowsOf(sheet)) {
            DeclarationCells line = new DeclarationCells(sheet, source, cells, header, row);
            String name = line.text("Calendar");
            DayRule days = days(line);
            line.sentence("Meaning");
            if (name != null && !NAME.matcher(name).matches()) {
                line.report(
                        FindingCode.WRONG_VALUE,
                        "Calendar",
                        "`" + name + "` is no name of a calendar such as `month-end`");
            } else if (name != null && days != null && isSound(line, name, days)) {
                calendars.computeIfAbsent(name, it -> new ArrayList<>()).add(days);
            }
        }
    }

    /** A day as a date cell; several, or days that come again, as text. */
    private static @Nullable DayRule days(DeclarationCells line) {
        CellValue cell = line.cell("Day");
        if (cell instanceof CellValue.Moment moment
                && moment.time().toLocalTime().equals(LocalTime.MIDNIGHT)) {
            return new DayRule.Span(moment.time().toLocalDate(), moment.time().toLocalDate());
        }
        String text = cell == null || cell instanceof CellValue.Moment ? "" : line.text("Day");
        DayRule days = text == null ? null : DayRule.parse(text);
        if (text != null && days == null) {
            String found = cell == null ? "the line names no day" : "found " + cell.described();
            line.report(
                    FindingCode.WRONG_VALUE,
                    "Day",
                    found + ", expected `2026-12-24`, `2026-12-24..2026-12-31`, `"
                            + String.join("`, `", DayRule.EXAMPLES) + "`"
                            + Suggestion.didYouMean(text, DayRule.EXAMPLES));
        }
        return days;
    }

    /** What a working day is cannot depend on itself. */
    private static boolean isSound(DeclarationCells line, String name, DayRule days) {
        boolean circular = name.equals(Calendars.HOLIDAYS) && days.asksForWorkingDays();
        if (circular) {
            line.report(
                    FindingCode.WRONG_VALUE,
                    "Day",
                    "working days in calendar `" + name + "`, which says what days are no working days");
        }
        return !circular;
    }
}
