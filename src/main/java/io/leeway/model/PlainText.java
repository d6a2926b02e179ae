package io.leeway.model;

import org.jspecify.annotations.Nullable;

/** One line of text that a person wrote: a name, a reason. */
public final class PlainText {
    private PlainText() {}

    /**
     * What is wrong with the text, or null.
     *
     * @param max most characters (Unicode code points); the fewest is 1
     */
    public static @Nullable String fault(@Nullable String text, int max) {
        if (text == null || text.isBlank()) {
            return "must be given, 1 to " + max + " characters";
        }
        int length = text.codePointCount(0, text.length());
        if (length > max) {
            return "has " + length + " characters, at most " + max + " are allowed";
        }
        return text.codePoints()
                .filter(PlainText::isRefused)
                .mapToObj(c -> String.format("holds the character U+%04X, which is not allowed here", c))
                .findFirst()
                .orElse(null);
    }

    private static boolean isRefused(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
    }
}
