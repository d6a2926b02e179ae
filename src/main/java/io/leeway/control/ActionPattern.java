package io.leeway.control;

import io.leeway.model.PlainText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How stops and stages name action types: {@code billing.adjust}, the family {@code billing.*}, or {@code *} for all. */
final class ActionPattern {
    private static final int MAX_LENGTH = 200;
    private static final String ALL = "*";

    private ActionPattern() {}

    /** Every pattern that covers the type, the most specific first: itself, its families from the longest on, {@code *}. */
    static List<String> covering(String type) {
        List<String> patterns = new ArrayList<>(4);
        patterns.add(type);
        for (int dot = type.lastIndexOf('.'); dot > 0; dot = type.lastIndexOf('.', dot - 1)) {
            patterns.add(type.substring(0, dot) + ".*");
        }
        patterns.add(ALL);
        return patterns;
    }

    /** Whether it covers every type. */
    static boolean isAll(String pattern) {
        return pattern.equals(ALL);
    }

    /** Whether the one covers all that the other does, and more. */
    static boolean isWider(String pattern, String than) {
        if (pattern.equals(than) || !pattern.endsWith(ALL)) {
            return false;
        }
        return than.startsWith(pattern.substring(0, pattern.length() - 1));
    }

    /** What is wrong with the pattern, or null. */
    static @Nullable String fault(@Nullable String pattern) {
        String fault = PlainText.fault(pattern, MAX_LENGTH);
        if (fault != null || pattern == null || pattern.equals(ALL)) {
            return fault;
        }
        String stem = pattern.endsWith(".*") ? pattern.substring(0, pattern.length() - 2) : pattern;
        return stem.isEmpty() || stem.contains(ALL)
                ? "`" + pattern + "` is neither an action type, nor a family such as `billing.*`, nor `*`"
                : null;
    }
}
