package io.leeway.policy;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as plain sheets spell them, beside ISO 8601: {@code 15 min}, {@code 2 h}, {@code 7 days}, {@code 1 h 30 min}. A
 * lone {@code m} is refused, since it might be a month.
 */
public final class HumanDuration {
    private static final Pattern PART = Pattern.compile("([0-9]{1,9})\\s*(\\p{L}+)\\s*");
    private static final Pattern ISO =
            Pattern.compile("P(?:([0-9]+)D)?(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)S)?)?");
    private static final List<String> UNITS = List.of("week", "day", "h", "min", "s");

    private HumanDuration() {}

    /** The ISO 8601 text of a duration written either way, null when the text is none that {@link IsoDuration} reads. */
    public static @Nullable String iso(String text) {
        if (IsoDuration.parse(text) != null) {
            return text;
        }
        long[] amounts = new long[UNITS.size()];
        Matcher part = PART.matcher(text);
        int end = 0;
        int last = -1;
        while (end < text.length() && part.find(end) && part.start() == end) {
            int unit = unit(part.group(2));
            if (unit <= last) {
                return null;
            }
            amounts[unit] = Long.parseLong(part.group(1));
            last = unit;
            end = part.end();
        }
        if (last < 0 || end < text.length()) {
            return null;
        }
        String iso = iso(amounts);
        return IsoDuration.parse(iso) == null ? null : iso;
    }

    /** The same as people write it, or the text as it is when that would read as another ISO text. */
    public static String text(String iso) {
        Matcher matcher = ISO.matcher(iso);
        if (!matcher.matches()) {
            return iso;
        }
        StringBuilder text = new StringBuilder();
        for (int group = 1; group <= 4; group++) {
            if (matcher.group(group) != null) {
                String unit = UNITS.get(group);
                boolean plural = group == 1 && !matcher.group(group).equals("1");
                text.append(' ')
                        .append(matcher.group(group))
                        .append(' ')
                        .append(unit)
                        .append(plural ? "s" : "");
            }
        }
        String human = text.toString().strip();
        return iso.equals(iso(human)) ? human : iso;
    }

    private static String iso(long[] amounts) {
        StringBuilder iso = new StringBuilder("P");
        long days = amounts[0] * 7 + amounts[1];
        if (days > 0) {
            iso.append(days).append('D');
        }
        String time = part(amounts[2], 'H') + part(amounts[3], 'M') + part(amounts[4], 'S');
        return time.isEmpty() ? iso.toString() : iso.append('T').append(time).toString();
    }

    private static String part(long amount, char unit) {
        return amount == 0 ? "" : "" + amount + unit;
    }

    private static int unit(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "week", "weeks" -> 0;
            case "d", "day", "days" -> 1;
            case "h", "hour", "hours" -> 2;
            case "min", "mins", "minute", "minutes" -> 3;
            case "s", "sec", "second", "seconds" -> 4;
            default -> -1;
        };
    }
}
