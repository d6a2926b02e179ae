package io.leeway.api.json;

import org.jspecify.annotations.Nullable;

/**
 * What a text may be.
 *
 * @param min fewest characters (Unicode code points)
 * @param max most characters
 * @param singleLine whether control characters are refused
 */
public record Text(int min, int max, boolean singleLine) {
    /** An id, a type, a name: 1 to 200 characters, none of them a control character. */
    public static final Text NAME = new Text(1, 200, true);
    /** Something short that may be empty, which counts as absent. */
    public static final Text LABEL = new Text(0, 200, true);
    /** Text for people, empty or up to 2,000 characters, with line breaks if need be. */
    public static final Text PROSE = new Text(0, 2000, false);
    /** Why somebody did something: must be said, in one line. */
    public static final Text REASON = new Text(1, 2000, true);

    /** What is wrong with it, or null. */
    public @Nullable String fault(String text) {
        int length = text.codePointCount(0, text.length());
        if (length < min) {
            return "must not be empty";
        }
        if (length > max) {
            return "has " + length + " characters, at most " + max + " are allowed";
        }
        if (min > 0 && text.isBlank()) {
            return "must not be blank";
        }
        if (singleLine) {
            for (int i = 0; i < text.length(); i++) {
                if (Character.isISOControl(text.charAt(i))) {
                    return String.format(
                            "holds the control character U+%04X, which is not allowed here", (int) text.charAt(i));
                }
            }
        }
        return null;
    }
}
