package io.leeway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.testing.Replicas;
import io.leeway.testing.Replicas.Answer;
import io.leeway.testing.SmallSelection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is set at one process counts for the very next request at each other. */
class ReplicaCatchUpIT {
    private static final int ROUNDS = Boolean.getBoolean("leeway.test.full") ? 100 : 5;

    private static Replicas replicas;

    @BeforeAll
    static void start() throws Exception {
        replicas = Replicas.three();
    }

    @Test
    void aKeyCountsWhereItWasNotMadeAndNoLongerWhereItWasNotRevoked() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Answer made = replicas.makeKey("agents " + SmallSelection.next().action(), "agent");
            String key = made.json().get("key").asText();
            for (int i = 0; i < replicas.count(); i++) {
                assertThat(propose(i, key, SmallSelection.next()).status())
                        .as("round %d: new key at replica %d", round, i)
                        .isEqualTo(200);
            }
            assertThat(replicas.revokeKey(round % 3, made.json().get("id").asText())
                            .status())
                    .isEqualTo(204);
            for (int i = 0; i < replicas.count(); i++) {
                assertThat(propose(i, key, SmallSelection.next()).status())
                        .as("round %d: revoked key at replica %d", round, i)
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void aStageCounts() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String agent = "staged-" + SmallSelection.next().action();
            assertModes(agent, round, "HUMAN_IN_THE_LOOP");
            replicas.stage(round % 3, agent, "LIMITED");
            assertModes(agent, round, "AUTONOMOUS");
            replicas.stage((round + 1) % 3, agent, "SHADOW");
            assertModes(agent, round, "HUMAN_IN_CONTROL");
        }
    }

    @Test
    void aStopCountsAndSoDoesItsRelease() throws Exception {
        String agent = "stopped-" + SmallSelection.next().action();
        replicas.stage(0, agent, "LIMITED");
        for (int round = 0; round < ROUNDS; round++) {
            assertModes(agent, round, "AUTONOMOUS");
            Answer stop = replicas.stop(round % 3, "\"kind\":\"agent\",\"value\":\"" + agent + "\"");
            assertThat(stop.status()).isEqualTo(201);
            assertModes(agent, round, "HUMAN_IN_CONTROL");
            replicas.release(
                    (round + 1) % 3, (round + 2) % 3, stop.json().get("id").asText());
        }
        assertModes(agent, ROUNDS, "AUTONOMOUS");
    }

    @Test
    void aProposalIsTheSameEverywhere() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            SmallSelection proposal = SmallSelection.next();
            String body = proposal.json();
            Answer first = replicas.post(0, "/v1/decisions", replicas.agentKey, body);
            for (int i = 1; i < replicas.count(); i++) {
                Answer again = replicas.post(i, "/v1/decisions", replicas.agentKey, body);
                assertThat(again.json()).as("round %d: replica %d", round, i).isEqualTo(first.json());
                Answer other = replicas.post(i, "/v1/decisions", replicas.agentKey, proposal.json("1.00"));
                assertThat(other.status()).isEqualTo(422);
            }
        }
    }

    private void assertModes(String agent, int round, String mode) throws Exception {
        for (int i = 0; i < replicas.count(); i++) {
            Answer answer = propose(i, replicas.agentKey, SmallSelection.next().agent(agent));
            assertThat(answer.json().path("mode").asText())
                    .as("round %d: replica %d: %s", round, i, answer.body())
                    .isEqualTo(mode);
        }
    }

    private static Answer propose(int replica, String key, SmallSelection proposal) throws Exception {
        // A replica that is still cold on a busy machine may have no verdict in time; what it says then is not the
        // question.
        Answer answer = replicas.post(replica, "/v1/decisions", key, proposal.json());
        for (int i = 0; i < 10 && answer.status() == 503; i++) {
            answer = replicas.post(replica, "/v1/decisions", key, proposal.json());
        }
        return answer;
    }
}
