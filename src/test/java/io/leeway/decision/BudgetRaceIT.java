package io.leeway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.testing.Protection;
import io.leeway.testing.Replicas;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Many agents at once, over three processes, on a budget that is enough for some of them: it is spent, and not overspent. */
class BudgetRaceIT {
    private static final int ROUNDS = Boolean.getBoolean("leeway.test.full") ? 500 : 6;
    private static final int CLIENTS = 64;
    private static final int BUDGET = 100;
    private static final int EACH = 2;

    private static final Map<String, String> POLICY = Map.of("spend.csv", """
            RuleSet,leeway.spend
            Import,io.leeway.model.Proposal
            Variables,io.leeway.policy.VerdictBuilder verdict
            Owner,treasury@example.com
            ,
            RuleTable Remit
            NAME,CONDITION,CONDITION,CONDITION,ACTION,ACTION
            ,$p : Proposal...,$p : Proposal...,$p : Proposal...,,
            ,"action.type == ""$param""\","action.currency == ""$param""\",action.amount <= $param,"verdict.grant(""$param"");","verdict.because(""$param"");"
            Id,Action,Currency,Amount up to,Mode,Because
            SEL-1,carrier.select,USD,1000,Autonomous,Small selections are the agent's.
            BUY-1,budget.spend,USD,1000,Autonomous,So is what the budget has left.
            ,
            RuleTable Budgets
            NAME,CONDITION,CONDITION,CONDITION,ACTION,ACTION
            ,$p : Proposal...,$p : Proposal...,$p : Proposal...,,
            ,"action.type == ""$param""\","action.currency == ""$param""\","activity.exposure(""subject"", ""PT1H"") > $param","verdict.require(""$param"");","verdict.because(""$param"");"
            Id,Action,Currency,Spent more than,Mode,Because
            BUD-1,budget.spend,USD,100,Human in control,The budget is spent.
            """);

    @Test
    void aBudgetIsSpentToTheEndAndNeverOverspent() throws Exception {
        try (Replicas replicas = Replicas.startOn(POLICY, 3, null)) {
            prepare(replicas);
            for (int round = 0; round < ROUNDS; round++) {
                assertThat(race(replicas, "budget-" + round))
                        .as("round " + round)
                        .isEqualTo(BUDGET / EACH);
            }
            Map<String, BigDecimal> granted = new HashMap<>();
            replicas.readHeaders(0, header -> add(header, granted));
            assertThat(granted).hasSize(ROUNDS);
            assertThat(granted.values())
                    .allSatisfy(sum -> assertThat(sum).isEqualByComparingTo(BigDecimal.valueOf(BUDGET)));
        }
    }

    @Test
    void itIsOverspentWhereAReplicaRemembersInsteadOfLooking() throws Exception {
        try (Replicas replicas = Replicas.startOn(POLICY, 1, Protection.ACTIVITY)) {
            prepare(replicas);
            for (int round = 0; round < 50; round++) {
                int granted = race(replicas, "budget-" + round);
                if (granted > BUDGET / EACH) {
                    System.out.println("without the order of activity: noticed in round " + round + ": "
                            + granted * EACH + " granted of " + BUDGET);
                    return;
                }
            }
        }
        throw new AssertionError("50 rounds without the order, and nothing was overspent");
    }

    private static void prepare(Replicas replicas) throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            Replicas.Answer set = replicas.send(
                    0,
                    "PUT",
                    "/v1/stages/buyer-" + i + "/budget.spend",
                    replicas.operatorKeys.get(0),
                    "{\"stage\":\"FULL\",\"reason\":\"for the test\"}");
            assertThat(set.status()).as(set.body()).isBetween(200, 201);
        }
    }

    /** How many of the clients are allowed to spend. */
    private static int race(Replicas replicas, String budget) {
        List<CompletableFuture<Replicas.Answer>> asked = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            asked.add(answered(replicas, i % replicas.count(), spend(budget, i), 0));
        }
        int granted = 0;
        for (CompletableFuture<Replicas.Answer> one : asked) {
            Replicas.Answer answer = one.join();
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            granted += answer.isAutonomous() ? 1 : 0;
        }
        return granted;
    }

    private static CompletableFuture<Replicas.Answer> answered(Replicas replicas, int replica, String body, int tries) {
        return replicas.postLater(replica, "/v1/decisions", replicas.agentKey, body)
                .thenCompose(answer -> answer.status() == 503 && tries < 10
                        ? answered(replicas, replica, body, tries + 1)
                        : CompletableFuture.completedFuture(answer));
    }

    private static String spend(String budget, int client) {
        return """
                {"action":{"id":"%1$s-%2$d","type":"budget.spend","amount":{"value":"%3$d","currency":"USD"}},
                 "agent":{"id":"buyer-%2$d"},"subject":{"type":"budget","id":"%1$s"}}
                """.formatted(budget, client, EACH);
    }

    private static void add(JsonNode header, Map<String, BigDecimal> granted) {
        if (header.path("actionType").asText().equals("budget.spend") && header.has("permit")) {
            granted.merge(
                    header.at("/tags/subject").asText(),
                    new BigDecimal(header.at("/amount/value").asText()),
                    BigDecimal::add);
        }
    }
}
