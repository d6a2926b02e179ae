package io.leeway.policy.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineCountTest {
    private static final long SEED = 96_000;
    private static final int PAIRS = Boolean.getBoolean("leeway.test.full") ? 100_000 : 5_000;

    @Test
    void countsAsFewLinesAsTheLongestCommonSubsequenceLeaves() {
        for (int i = 0; i < PAIRS; i++) {
            Random random = new Random(SEED + i);
            List<String> before = lines(random);
            List<String> after = lines(random);
            int common = longestCommon(before, after);
            assertThat(LineCount.of(before, after))
                    .as("%s %s", before, after)
                    .isEqualTo(new LineCount(before.size() - common, after.size() - common));
        }
    }

    @Test
    void countsAllBetweenTheCommonEndsWhereTheSearchWouldTakeTooLong() {
        List<String> before = new ArrayList<>(List.of("first"));
        List<String> after = new ArrayList<>(List.of("first"));
        before.addAll(Collections.nCopies(50_000, "was"));
        after.addAll(Collections.nCopies(60_000, "is"));
        before.add("last");
        after.add("last");
        assertThat(LineCount.of(before, after)).isEqualTo(new LineCount(50_000, 60_000));
    }

    private static List<String> lines(Random random) {
        List<String> lines = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            lines.add(String.valueOf((char) ('a' + random.nextInt(3))));
        }
        return lines;
    }

    private static int longestCommon(List<String> one, List<String> other) {
        int[][] length = new int[one.size() + 1][other.size() + 1];
        for (int i = 1; i <= one.size(); i++) {
            for (int j = 1; j <= other.size(); j++) {
                length[i][j] = one.get(i - 1).equals(other.get(j - 1))
                        ? length[i - 1][j - 1] + 1
                        : Math.max(length[i - 1][j], length[i][j - 1]);
            }
        }
        return length[one.size()][other.size()];
    }
}
