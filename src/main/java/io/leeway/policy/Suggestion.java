package io.leeway.policy;

import java.util.Collection;
import java.util.Locale;

/** Did you mean: the known word that is nearest to what was found. */
public final class Suggestion {
    private static final int LONGEST = 80;

    private Suggestion() {}

    /** {@code , did you mean `x`?}, or {@code ""} when nothing is near: for the end of a message. */
    public static String didYouMean(String found, Collection<String> known) {
        String nearest = nearest(found, known);
        return nearest.isEmpty() ? "" : ", did you mean `" + nearest + "`?";
    }

    /** The nearest known word, {@code ""} when nothing is near. Equal but for case, spaces and signs is nearest of all. */
    public static String nearest(String found, Collection<String> known) {
        if (found.isBlank() || found.length() > LONGEST) {
            return "";
        }
        String plain = plain(found);
        String nearest = "";
        int best = Math.max(1, plain.length() / 3) + 1;
        for (String candidate : known) {
            int distance = distance(plain, plain(candidate));
            if (distance < best) {
                best = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Whether the words differ by one letter at most, case, spaces and signs aside. */
    public static boolean isNear(String found, String known) {
        return found.length() <= LONGEST && distance(plain(found), plain(known)) <= 1;
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    /** Levenshtein distance. */
    private static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[to.length()];
    }
}
