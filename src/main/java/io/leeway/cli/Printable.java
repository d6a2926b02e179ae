package io.leeway.cli;

import java.util.regex.Pattern;

/** Text from files for a terminal: what would steer it, turn its direction or show as nothing becomes visible. */
final class Printable {
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}]");

    private Printable() {}

    /** One line, in which {@code \uFFFD} stands for each character that cannot be shown. */
    static String of(String text) {
        return UNPRINTABLE.matcher(text.replace('\t', ' ')).replaceAll("\uFFFD");
    }
}
