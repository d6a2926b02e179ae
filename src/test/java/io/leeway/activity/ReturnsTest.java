package io.leeway.activity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often agents come back after another one. */
class ReturnsTest {
    private static final int LISTS = Boolean.getBoolean("leeway.test.full") ? 200_000 : 5_000;

    @ParameterizedTest
    @CsvSource({
        "A, 0",
        "AA, 0",
        "AAA, 0",
        "AB, 0",
        "ABC, 0",
        "ABA, 1",
        "ABAB, 2",
        "AABBAA, 1",
        "ABCA, 1",
        "ABCAB, 2",
        "ABCBA, 2",
        "ABABABABABABABABABABA, 19"
    })
    void whoeverActsAgainAfterAnotherOneComesBack(String agents, int times) {
        assertThat(counted(agents.chars().mapToObj(Character::toString).toList()))
                .isEqualTo(times);
    }

    @Test
    void randomListsComeToWhatThePlainDefinitionSays() {
        Random random = new Random(7);
        for (int i = 0; i < LISTS; i++) {
            List<String> agents = random.ints(random.nextInt(22), 0, 1 + random.nextInt(5))
                    .mapToObj(Integer::toString)
                    .toList();
            assertThat(counted(agents)).as(agents.toString()).isEqualTo(plain(agents));
        }
    }

    private static long counted(List<String> agents) {
        Returns returns = new Returns();
        return agents.stream().filter(returns::comesBack).count();
    }

    private static long plain(List<String> agents) {
        List<String> turns = new ArrayList<>();
        for (String agent : agents) {
            if (turns.isEmpty() || !turns.get(turns.size() - 1).equals(agent)) {
                turns.add(agent);
            }
        }
        long times = 0;
        for (int i = 0; i < turns.size(); i++) {
            times += turns.subList(0, i).contains(turns.get(i)) ? 1 : 0;
        }
        return times;
    }
}
