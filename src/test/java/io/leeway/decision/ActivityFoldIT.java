package io.leeway.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.testing.Replicas;
import io.leeway.testing.Replicas.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every number of recent activity that was recorded is what the ledger alone tells, counted again by a plain fold. */
class ActivityFoldIT {
    private static final int DECISIONS = Boolean.getBoolean("leeway.test.full") ? 100_000 : 1_200;
    private static final int BEFORE = Boolean.getBoolean("leeway.test.full") ? 20_000 : 600;
    private static final int CLIENTS = 24;
    private static final int AGENTS = 6;
    private static final List<String> TYPES = List.of("pay.send", "pay.delay", "pay.flag");

    private static final List<String> NUMBERS = List.of(
            "activity.count(\"agent\", \"PT1S\")",
            "activity.count(\"agent\", \"PT3S\")",
            "activity.count(\"agent+action\", \"PT1H\")",
            "activity.count(\"subject\", \"P1D\")",
            "activity.count(\"trace\", \"P31D\")",
            "activity.count(\"repeat\", \"PT2S\")",
            "activity.count(\"agent\", \"quarter\")",
            "activity.exposure(\"agent\", \"PT2S\")",
            "activity.exposure(\"subject\", \"P7D\")",
            "activity.exposure(\"agent+action\", \"PT20M\")",
            "activity.exposure(\"trace\", \"day\", \"Pacific/Chatham\")",
            "activity.exposure(\"subject\", \"month\", \"Asia/Kolkata\")",
            "activity.agents(\"subject\", \"PT5S\")",
            "activity.agents(\"trace\", \"P2D\")",
            "activity.returns(\"subject\", \"PT3S\")",
            "activity.returns(\"subject\", \"P31D\")",
            "activity.returns(\"trace\", \"quarter\", \"Pacific/Chatham\")");
    private static final List<String> FLAGS = List.of(
            "activity.recently(\"subject\", \"pay.delay\", \"PT2S\")",
            "activity.recently(\"trace\", \"pay.flag\", \"P7D\")");

    /** What guardrails ask: no path, but recorded like one. */
    private static final String PRIOR = "activity.prior(\"subject\")";

    private static final String GUARDRAIL = """
            import io.leeway.model.PriorDecision;
            global io.leeway.policy.VerdictBuilder verdict;
            rule "often" @owner("treasury@example.com")
            when $a : PriorDecision(amount > 89) PriorDecision(agent == $a.agent, amount > 89, id != $a.id)
            then verdict.require("Human in the loop"); verdict.because("Twice much."); end
            """;

    private static final String HEAD = """
            RuleSet,leeway.%s
            Import,io.leeway.model.Proposal
            Variables,io.leeway.policy.VerdictBuilder verdict
            Owner,treasury@example.com
            ,
            """;

    /** Everything is granted, for a second. */
    private static final String REMIT = HEAD.formatted("remit") + """
            RuleTable Remit
            NAME,CONDITION,ACTION,ACTION,ACTION
            ,$p : Proposal,,,
            ,"forall(||){action.type == ""$""}","verdict.grant(""$param"");","verdict.because(""$param"");","verdict.expires(""$param"");"
            Id,Action,Mode,Because,Good for
            ALL-1,"pay.send, pay.delay, pay.flag",Autonomous,Payments are the agent's.,PT1S
            ALL-2,carrier.select,Autonomous,Selections too.,
            """;

    @Test
    void everyRecordedNumberIsThatOfTheLedger() throws Exception {
        try (Replicas replicas =
                Replicas.startOn(Map.of("pay.csv", REMIT, "watch.csv", watch(), "look.drl", GUARDRAIL), 2, null)) {
            stage(replicas);
            propose(replicas, new AtomicInteger(), DECISIONS);
            compare(replicas, DECISIONS, NUMBERS.size() + FLAGS.size() + 1);
        }
    }

    /** What was done before anybody asked is gathered from the ledger, while more is done. */
    @Test
    void aVersionThatAsksLaterSeesWhatWasThereBefore() throws Exception {
        try (Replicas replicas = Replicas.startOn(Map.of("pay.csv", REMIT), 2, null)) {
            stage(replicas);
            AtomicInteger next = new AtomicInteger();
            propose(replicas, next, BEFORE);
            CompletableFuture<Void> meanwhile = CompletableFuture.runAsync(() -> propose(replicas, next, 2 * BEFORE));
            activateWatch(replicas);
            meanwhile.join();
            propose(replicas, next, 3 * BEFORE);
            compare(replicas, BEFORE, NUMBERS.size() + FLAGS.size());
        }
    }

    /** What no version asks for is not kept, except for a return to the version before; and gathered again when it is asked for. */
    @Test
    void aVersionThatAsksAgainSeesWhatWasNotKeptMeanwhile() throws Exception {
        try (Replicas replicas = Replicas.startOn(Map.of("pay.csv", REMIT, "watch.csv", watch()), 2, null)) {
            stage(replicas);
            AtomicInteger next = new AtomicInteger();
            propose(replicas, next, BEFORE);
            long kept = replicas.keptSeries();
            assertThat(kept).isPositive();
            activate(replicas, unwatched("Two"));
            propose(replicas, next, BEFORE + 20);
            assertThat(replicas.keptSeries()).as("for a return").isEqualTo(kept);
            activate(replicas, unwatched("Three"));
            await().atMost(Duration.ofSeconds(30)).until(() -> replicas.keptSeries() == 0);
            propose(replicas, next, 2 * BEFORE);
            activateWatch(replicas);
            assertThat(replicas.keptSeries()).isEqualTo(kept);
            propose(replicas, next, 3 * BEFORE);
            compare(replicas, 2 * BEFORE, NUMBERS.size() + FLAGS.size());
        }
    }

    /** Nothing that looks back. */
    private static String unwatched(String because) {
        return HEAD.formatted("watch") + """
                RuleTable Watch
                NAME,CONDITION,ACTION,ACTION
                ,$p : Proposal,,
                ,"action.type == ""$param""\","verdict.require(""$param"");","verdict.because(""$param"");"
                Id,Action,Mode,Because
                WATCH-3,pay.nothing,Human in control,%s.
                """.formatted(because);
    }

    private static void activateWatch(Replicas replicas) throws Exception {
        activate(replicas, watch());
    }

    private static void activate(Replicas replicas, String watch) throws Exception {
        String author = replicas.key("ada", "policy-author");
        // A new key has to be looked up, for which a busy machine may take too long.
        Answer proposed = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> replicas.proposePolicy(0, author, Map.of("watch.csv", watch), "look back"),
                        answer -> answer.status() != 503);
        assertThat(proposed.status()).as(proposed.body()).isEqualTo(201);
        String version = "/v1/policies/" + proposed.json().get("version").asText();
        String approver = "";
        for (String name : List.of("pia", "pat")) {
            approver = replicas.key(name, "policy-approver");
            Answer approved = replicas.post(
                    1,
                    version + "/approve",
                    approver,
                    "{\"reason\":\"looks back\",\"coverageException\":\"tried by a fold\"}");
            assertThat(approved.status()).as(approved.body()).isEqualTo(200);
        }
        Answer active = replicas.post(0, version + "/activate", approver, "{}");
        assertThat(active.json().path("state").asText()).as(active.body()).isEqualTo("ACTIVE");
    }

    private static void stage(Replicas replicas) throws Exception {
        for (int i = 0; i < AGENTS; i++) {
            Answer set = replicas.send(
                    0,
                    "PUT",
                    "/v1/stages/payer-" + i + "/*",
                    replicas.operatorKeys.get(0),
                    "{\"stage\":\"FULL\",\"reason\":\"for the test\"}");
            assertThat(set.status()).as(set.body()).isBetween(200, 201);
        }
    }

    /** Several clients, until so many have been proposed in all. */
    private static void propose(Replicas replicas, AtomicInteger next, int end) {
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(client(replicas, i % 2, next, end, new Random(next.get() + i)));
        }
        clients.forEach(CompletableFuture::join);
    }

    private static CompletableFuture<Void> client(
            Replicas replicas, int replica, AtomicInteger next, int end, Random random) {
        int number = next.getAndUpdate(it -> Math.min(end, it + 1));
        if (number >= end) {
            return CompletableFuture.completedFuture(null);
        }
        return replicas.postLater(replica, "/v1/decisions", replicas.agentKey, proposal(number, random))
                .thenCompose(answer -> consumption(replicas, replica, answer, random))
                .thenCompose(done -> client(replicas, replica, next, end, random));
    }

    /** Of some, and of a few too late. */
    private static CompletableFuture<Answer> consumption(Replicas replicas, int replica, Answer answer, Random random) {
        if (answer.status() != 200 || !answer.isAutonomous() || random.nextInt(5) < 3) {
            return CompletableFuture.completedFuture(answer);
        }
        JsonNode decision = answer.json();
        return replicas.postLater(
                replica,
                "/v1/permits/" + decision.at("/permit/id").asText() + "/consumption",
                replicas.agentKey,
                "{\"actionDigest\":\"" + decision.get("actionDigest").asText() + "\"}");
    }

    /**
     * @param least how many decisions at least were made on recent activity
     * @param asked how many questions there are of each that moves money
     */
    private static void compare(Replicas replicas, int least, int asked) throws Exception {
        ActivityFold fold = new ActivityFold();
        List<String> differences = new ArrayList<>();
        Map<String, Integer> told = new TreeMap<>();
        AtomicInteger decisions = new AtomicInteger();
        replicas.readEntries((header, facts) -> {
            JsonNode activity = facts == null ? null : facts.at("/derived/activity");
            if (header.get("kind").asText().equals("decision") && activity != null && activity.isObject()) {
                decisions.incrementAndGet();
                for (Iterator<String> paths = activity.fieldNames(); paths.hasNext(); ) {
                    String path = paths.next();
                    String recorded = recorded(path, activity.get(path));
                    String folded = fold.before(path, header);
                    told.merge(path, recorded.equals("0") ? 0 : 1, Integer::sum);
                    if (!recorded.equals(folded)) {
                        differences.add(
                                header.get("position") + " " + path + ": recorded " + recorded + ", folded " + folded);
                    }
                }
                if (header.get("actionType").asText().startsWith("pay.")) {
                    assertThat(activity.size()).isEqualTo(header.has("amount") ? asked : asked - 5);
                }
            }
            fold.add(header);
        });
        System.out.println(
                "activity of " + decisions + " decisions: " + told.size() + " numbers each, not nothing: " + told);
        assertThat(decisions.get()).isGreaterThanOrEqualTo(least);
        assertThat(differences).isEmpty();
        assertThat(told)
                .hasSize(asked)
                .allSatisfy((path, times) -> assertThat(times).isPositive());
    }

    private static String recorded(String path, JsonNode answer) {
        StringBuilder told = new StringBuilder(answer.get("before").asText());
        for (JsonNode decision : answer.path("decisions")) {
            String id = decision.get("id").asText();
            if (path.startsWith("activity.recently")) {
                return id;
            }
            told.append(' ').append(id);
            if (path.equals(PRIOR)) {
                told.append(' ').append(decision.get("agent").asText());
                told.append(' ').append(decision.get("action").asText());
                told.append(' ').append(decision.get("at").asText());
                told.append(' ')
                        .append(decision.has("amount") ? decision.get("amount") : "")
                        .append(decision.has("sameTrace"));
            }
        }
        return told.toString();
    }

    private static String proposal(int number, Random random) {
        String amount = random.nextInt(6) == 0
                ? ""
                : "\"amount\":{\"value\":\"%d.%02d\",\"currency\":\"%s\"},"
                        .formatted(random.nextInt(90), random.nextInt(100), random.nextBoolean() ? "USD" : "EUR");
        String trace = random.nextInt(3) == 0 ? "" : ",\"trace\":{\"id\":\"tr-" + random.nextInt(40) + "\"}";
        return """
                {"action":{"id":"pay-%d","type":"%s",%s"confidence":1},
                 "agent":{"id":"payer-%d"},"subject":{"type":"invoice","id":"I-%d"}%s}
                """.formatted(
                        number,
                        TYPES.get(random.nextInt(TYPES.size())),
                        amount,
                        random.nextInt(AGENTS),
                        subject(random),
                        trace);
    }

    /** Few that fill their journals, and many that do not. */
    private static int subject(Random random) {
        return random.nextInt(2) == 0 ? random.nextInt(8) : 8 + random.nextInt(DECISIONS / 8);
    }

    /** A row asks for each number, and one of them sometimes says no. */
    private static String watch() {
        List<String> asked = new ArrayList<>();
        NUMBERS.forEach(path -> asked.add(quoted(path + " >= $param")));
        FLAGS.forEach(path -> asked.add(quoted(path + " == $param")));
        String limits = asked.stream()
                .map(it -> it.contains("recently") ? "TRUE" : it.contains("returns") ? "19" : "1000000000")
                .collect(Collectors.joining(","));
        return HEAD.formatted("watch")
                + """
                RuleTable Watch
                NAME,CONDITION,CONDITION,%s,ACTION,ACTION
                ,$p : Proposal...,$p : Proposal...,%s,,
                ,"action.type str[startsWith] ""$param""\","forall(||){action.currency == ""$""}",%s,"verdict.require(""$param"");","verdict.because(""$param"");"
                Id,Action,Currency,%s,Mode,Because
                WATCH-1,pay.,"USD, EUR",%s,Human in control,Never.
                WATCH-2,pay.,,30%s,Human in the loop,Often.
                """.formatted(
                                each(asked, "CONDITION"),
                                each(asked, "$p : Proposal..."),
                                String.join(",", asked),
                                each(asked, "Asked"),
                                limits,
                                ",".repeat(asked.size() - 1));
    }

    private static String each(List<String> asked, String cell) {
        return asked.stream().map(it -> cell).collect(Collectors.joining(","));
    }

    private static String quoted(String snippet) {
        return "\"" + snippet.replace("\"", "\"\"") + "\"";
    }
}
