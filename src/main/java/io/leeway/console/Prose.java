package io.leeway.console;

import io.quarkus.qute.TemplateExtension;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of a sentence. Explanations quote what they found in backticks, as everything in Leeway does; pages show that as code.
 *
 * @param quoted whether it stood between backticks
 */
record Prose(boolean quoted, String text) {
    /** {@code sentence.stretches} in templates: the text, cut at its backticks. */
    @TemplateExtension
    static List<Prose> stretches(String sentence) {
        List<Prose> stretches = new ArrayList<>();
        int from = 0;
        for (int open = sentence.indexOf('`'); open >= 0; open = sentence.indexOf('`', from)) {
            int close = sentence.indexOf('`', open + 1);
            if (close < 0) {
                break;
            }
            add(stretches, false, sentence.substring(from, open));
            add(stretches, true, sentence.substring(open + 1, close));
            from = close + 1;
        }
        add(stretches, false, sentence.substring(from));
        return stretches;
    }

    private static void add(List<Prose> stretches, boolean quoted, String text) {
        if (!text.isEmpty()) {
            stretches.add(new Prose(quoted, text));
        }
    }
}
