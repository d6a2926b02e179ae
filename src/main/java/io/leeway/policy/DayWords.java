package io.leeway.policy;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How the lines of a {@code Calendars} sheet spell days. */
final class DayWords {
    private static final Pattern EDGE =
            Pattern.compile("(first|last)( [0-9]{1,2})?( working)? days? of (?:the )?(month|quarter|year)");
    private static final String DAY = "([0-9]{4}-[0-9]{2}-[0-9]{2})";
    private static final Pattern SPAN = Pattern.compile(DAY + "(?: ?\\.\\. ?" + DAY + ")?");

    private DayWords() {}

    /** What the text says, null when it is no spelling of days. */
    static @Nullable DayRule parse(String text) {
        String words = text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        Matcher edge = EDGE.matcher(words);
        if (edge.matches()) {
            return edge(edge);
        }
        return words.equals("weekends") ? new DayRule.Weekends() : span(words);
    }

    private static @Nullable DayRule edge(Matcher edge) {
        int count = edge.group(2) == null ? 1 : Integer.parseInt(edge.group(2).strip());
        DayRule.Period period = DayRule.Period.valueOf(edge.group(4).toUpperCase(Locale.ROOT));
        boolean last = edge.group(1).equals("last");
        return count == 0 ? null : new DayRule.Edge(last, count, edge.group(3) != null, period);
    }

    private static @Nullable DayRule span(String text) {
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            return null;
        }
        try {
            LocalDate first = LocalDate.parse(span.group(1));
            LocalDate last = span.group(2) == null ? first : LocalDate.parse(span.group(2));
            return last.isBefore(first) ? null : new DayRule.Span(first, last);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
