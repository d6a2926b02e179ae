package io.leeway.policy.table;

import java.lang.Character.UnicodeScript;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is wrong, or dubious, about the characters of a value. */
final class Wording {
    private static final Pattern NOT_PLAIN = Pattern.compile("[\"\\\\\\p{Cc}\\p{Cs}\u2028\u2029]");
    private static final Pattern SMART_QUOTES = Pattern.compile("[\u2018-\u201f\u00ab\u00bb\u2032\u2033\uff02\uff07]");
    private static final Pattern INVISIBLE =
            Pattern.compile("[\u00ad\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]");
    private static final Pattern ODD = Pattern.compile("[\u00a0\u2000-\u200a\u202f\u3000\uff01-\uff5e]");
    private static final Pattern WORDS = Pattern.compile("[^\\p{L}\\p{M}]+");

    private Wording() {}

    /** Whether there is nothing but ordinary ASCII: true for nearly every cell, and then nothing else need be asked. */
    static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\' || c == '$') {
                return false;
            }
        }
        return true;
    }

    /** Why the text may not stand in a value, null when it may. A sentence may speak of `$500`, a value may not. */
    static @Nullable String fault(String text, boolean sentence) {
        var found = NOT_PLAIN.matcher(text);
        if (found.find()) {
            int character = found.group().codePointAt(0);
            return Character.isISOControl(character) || character > 0x2000
                    ? String.format("character `U+%04X` inside a value", character)
                    : "`" + found.group() + "` inside a value";
        }
        if (text.contains("$param") || (!sentence && text.contains("$"))) {
            return "`$` inside a value: placeholders stand in snippets alone";
        }
        return text.isBlank()
                        || INVISIBLE
                                .matcher(text)
                                .replaceAll("")
                                .replace('\u00a0', ' ')
                                .isBlank()
                ? "only invisible characters"
                : null;
    }

    static boolean hasSmartQuotes(String text) {
        return SMART_QUOTES.matcher(text).find();
    }

    /** The character that looks like another or like nothing, {@code ""} when there is none. */
    static String lookAlike(String text, boolean sentence) {
        var invisible = INVISIBLE.matcher(text);
        if (invisible.find()) {
            return named(invisible.group().codePointAt(0));
        }
        var odd = ODD.matcher(text);
        if (!sentence && odd.find()) {
            return named(odd.group().codePointAt(0));
        }
        for (String word : WORDS.split(text)) {
            int foreign = word.codePoints()
                    .filter(it -> isLike(it) && word.codePoints().anyMatch(Wording::isLatin))
                    .findFirst()
                    .orElse(-1);
            if (foreign >= 0) {
                return named(foreign);
            }
        }
        return "";
    }

    private static boolean isLatin(int character) {
        return UnicodeScript.of(character) == UnicodeScript.LATIN;
    }

    private static boolean isLike(int character) {
        UnicodeScript script = UnicodeScript.of(character);
        return script == UnicodeScript.CYRILLIC || script == UnicodeScript.GREEK || script == UnicodeScript.ARMENIAN;
    }

    private static String named(int character) {
        return String.format("U+%04X %s", character, String.valueOf(Character.getName(character)));
    }
}
