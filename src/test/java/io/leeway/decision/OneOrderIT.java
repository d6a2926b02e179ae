package io.leeway.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.testing.Protection;
import io.leeway.testing.Replicas;
import io.leeway.testing.SmallSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The same proposal many times at once over two processes: one entry, one verdict. */
class OneOrderIT {
    private static final int ROUNDS = Boolean.getBoolean("leeway.test.full") ? 200 : 5;
    private static final int AT_ONCE = 100;
    private static final String TWO_AT_ONE_PLACE = "duplicate key";

    @Test
    void theSameProposalAtOnceOverTwoProcessesIsDecidedOnce() throws Exception {
        Replicas replicas = Replicas.three();
        for (int round = 0; round < ROUNDS; round++) {
            proposeAtOnce(replicas, "round " + round);
        }
    }

    /**
     * What then shows is the second net: the keys over position and idempotency refuse what both decided at the same place, and
     * the log says so. No proposal gets two verdicts even so.
     */
    @Test
    void withoutTheLockOnTheHeadRowItIsNot() throws Exception {
        try (Replicas replicas = Replicas.startWithout(Protection.HEAD_LOCK, 2)) {
            for (int round = 1; round <= 50; round++) {
                String what = "round " + round;
                try {
                    proposeAtOnce(replicas, what);
                } catch (AssertionError noticed) {
                    System.out.println("without the head lock: noticed in " + what + ": "
                            + replicas.output()
                                    .lines()
                                    .filter(line -> line.contains(TWO_AT_ONE_PLACE))
                                    .findFirst()
                                    .orElse("by the answers"));
                    assertThatCode(() -> assertOneVerdictEach(replicas)).doesNotThrowAnyException();
                    return;
                }
            }
        }
        throw new AssertionError("50 rounds without the lock, and nothing noticed it");
    }

    private static void proposeAtOnce(Replicas replicas, String what) throws Exception {
        long from = replicas.size();
        SmallSelection proposal = SmallSelection.next();
        String body = proposal.json();
        List<CompletableFuture<Replicas.Answer>> asked = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            asked.add(answered(replicas, i % 2, body, 0));
        }
        Set<String> verdicts = asked.stream()
                .map(CompletableFuture::join)
                .map(Replicas.Answer::json)
                .map(answer -> answer.get("decisionId") + " " + answer.get("mode") + " " + answer.get("record"))
                .collect(Collectors.toSet());
        assertThat(verdicts).as(what).hasSize(1);
        Replicas.Answer other =
                answered(replicas, 1, proposal.json("841.00"), 0).join();
        assertThat(other.status()).as(what).isEqualTo(422);
        assertThat(other.json().get("code").asText()).isEqualTo("PROPOSAL_CHANGED");
        assertThat(replicas.headers(from)).as(what).hasSize(1);
        assertThat(replicas.output()).as(what).doesNotContain(TWO_AT_ONE_PLACE);
    }

    /** A 503 says that there is no verdict yet: on a machine that does other things too, a batch may miss its time. */
    private static CompletableFuture<Replicas.Answer> answered(Replicas replicas, int replica, String body, int tries) {
        return replicas.postLater(replica, "/v1/decisions", replicas.agentKey, body)
                .thenCompose(answer -> answer.status() == 503 && tries < 10
                        ? answered(replicas, replica, body, tries + 1)
                        : CompletableFuture.completedFuture(answer));
    }

    private static void assertOneVerdictEach(Replicas replicas) throws Exception {
        List<JsonNode> headers = replicas.headers(0);
        for (int i = 0; i < headers.size(); i++) {
            assertThat(headers.get(i).get("position").asInt()).isEqualTo(i);
        }
        List<String> digests = headers.stream()
                .filter(header -> header.get("kind").asText().equals("decision"))
                .map(header -> header.get("actionDigest").asText())
                .toList();
        assertThat(digests).doesNotHaveDuplicates();
    }
}
