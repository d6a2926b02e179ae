package io.leeway.policy.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.testing.Latencies;
import io.leeway.testing.Load;
import io.leeway.testing.Load.Sent;
import io.leeway.testing.Memory;
import io.leeway.testing.Protection;
import io.leeway.testing.Replicas;
import io.leeway.testing.Replicas.Answer;
import io.leeway.testing.SmallSelection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A version that one process put in force decides at every process from then on, and nobody is turned away meanwhile. */
class ActivationsUnderLoadIT {
    private static final boolean FULL = Boolean.getBoolean("leeway.test.full");
    private static final int ACTIVATIONS = FULL ? 300 : 8;
    /** Activations before those that count: two virtual machines compile on the same cores. */
    private static final int WARMING = FULL ? 30 : 2;

    private static final int CLIENTS = 2;
    /** 300 in eight minutes. */
    private static final Duration EACH = FULL ? Duration.ofMillis(1600) : Duration.ZERO;

    private static final Duration STEADY = FULL ? Duration.ofSeconds(40) : Duration.ofSeconds(2);
    private static final int CONTROL_ACTIVATIONS = 60;

    private final Latencies steady = new Latencies();
    private final Latencies meanwhile = new Latencies();
    private final Latencies activation = new Latencies();
    /** When each version's activation was acknowledged; in {@link System#nanoTime} terms. */
    private final Map<Integer, Long> acknowledged = new TreeMap<>();

    private final List<Sent> sent = new ArrayList<>();

    private String author;
    private String approver;

    @Test
    void noVerdictByAnOlderVersionAndNobodyIsTurnedAway() throws Exception {
        try (Replicas replicas = Replicas.startOn(files(0), 2, null)) {
            prepare(replicas);
            try (Load load = new Load(replicas, CLIENTS, SmallSelection::next)) {
                for (int i = 1; i <= WARMING; i++) {
                    activate(replicas, i);
                }
                load.take();
                long until = System.nanoTime() + STEADY.toNanos();
                LockSupport.parkNanos(STEADY.toNanos());
                load.take().stream().filter(one -> one.answeredAt() < until).forEach(one -> steady.add(took(one)));
                List<Memory> before = Memory.afterCollection(replicas);
                load.take();
                for (int i = WARMING + 1; i <= WARMING + ACTIVATIONS; i++) {
                    long began = System.nanoTime();
                    activate(replicas, i);
                    sent.addAll(load.take());
                    long rest = EACH.toNanos() - (System.nanoTime() - began);
                    LockSupport.parkNanos(Math.max(1, rest));
                }
                List<Memory> after = Memory.afterCollection(replicas);
                sent.addAll(load.take());
                sent.forEach(one -> meanwhile.add(took(one)));
                System.out.println("activations: " + activation + "; decisions, steady: " + steady + "; meanwhile: "
                        + meanwhile + "; memory before: " + before + ", after: " + after);
                if (FULL) {
                    assertThat(meanwhile.quantile(0.99))
                            .isLessThan(steady.quantile(0.99).multipliedBy(2));
                    for (int i = 0; i < before.size(); i++) {
                        assertThat(after.get(i).growthOver(before.get(i)))
                                .as("growth")
                                .isLessThan(0.1);
                    }
                }
            }
            assertThat(sent).hasSizeGreaterThan(ACTIVATIONS);
            assertThat(sent.stream().map(this::fault).filter(fault -> !fault.isEmpty()))
                    .isEmpty();
        }
    }

    @Test
    void withoutTheGenerationThereIs() throws Exception {
        try (Replicas replicas = Replicas.startOn(files(0), 2, Protection.GENERATION)) {
            prepare(replicas);
            try (Load load = new Load(replicas, CLIENTS, SmallSelection::next)) {
                for (int i = 1; i <= CONTROL_ACTIVATIONS; i++) {
                    activate(replicas, i);
                    load.take();
                    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                    List<String> faults = load.take().stream()
                            .map(this::fault)
                            .filter(fault -> fault.contains("is older"))
                            .toList();
                    if (!faults.isEmpty()) {
                        System.out.println("without the generation: noticed at activation " + i + ": " + faults.get(0));
                        return;
                    }
                }
            }
        }
        throw new AssertionError(CONTROL_ACTIVATIONS + " activations without the generation, and nothing noticed it");
    }

    private void prepare(Replicas replicas) throws Exception {
        author = replicas.key("ada", "policy-author");
        approver = replicas.key("bob", "policy-approver");
        acknowledged.put(0, System.nanoTime());
    }

    /** Each version says the same in three files, and its own number in each. */
    private static Map<String, String> files(int version) {
        Map<String, String> files = new TreeMap<>();
        for (String part : List.of("a", "b", "c")) {
            files.put(part + ".csv", """
                    Selections %1$s
                    Owner,logistics@example.com
                    May act,Selections %1$s
                    Id,Action,Currency,Amount up to,Mode,Because
                    SEL-%1$s,carrier.select,USD,%2$d,Autonomous,Version %3$d.
                    """.formatted(part, 1000, version));
        }
        files.put("tests.csv", """
                Tests
                Id,action.type,action.currency,action.amount,action.confidence,expect.mode
                T-1,carrier.select,USD,1000,0.99,Autonomous
                """);
        return files;
    }

    private void activate(Replicas replicas, int number) throws Exception {
        int at = number % replicas.count();
        Answer proposed = replicas.proposePolicy(at, author, files(number), "version " + number);
        assertThat(proposed.status()).as(proposed.body()).isEqualTo(201);
        String version = proposed.json().get("version").asText();
        Answer approved = replicas.post(
                (at + 1) % replicas.count(), "/v1/policies/" + version + "/approve", approver, "{\"reason\":\"next\"}");
        assertThat(approved.json().path("state").asText()).as(approved.body()).isEqualTo("APPROVED");
        long asked = System.nanoTime();
        Answer active = replicas.post(at, "/v1/policies/" + version + "/activate", approver, "{}");
        acknowledged.put(number, System.nanoTime());
        assertThat(active.json().path("state").asText()).as(active.body()).isEqualTo("ACTIVE");
        activation.add(System.nanoTime() - asked);
    }

    private static long took(Sent one) {
        return one.answeredAt() - one.at();
    }

    /** What is wrong with an answer, {@code ""} for nothing. */
    private String fault(Sent one) {
        if (one.answer() == null || one.answer().status() != 200) {
            return "turned away: " + one.answer();
        }
        JsonNode verdict = one.answer().json();
        List<String> words = new ArrayList<>();
        verdict.get("matched").forEach(rule -> words.add(rule.get("because").asText()));
        words.removeIf(word -> !word.startsWith("Version "));
        if (words.size() != 3 || words.stream().distinct().count() != 1) {
            return "mixed: " + words;
        }
        int version = Integer.parseInt(words.get(0).replaceAll("\\D", ""));
        int newest = acknowledged.entrySet().stream()
                .filter(entry -> entry.getValue() < one.at())
                .mapToInt(Map.Entry::getKey)
                .max()
                .orElse(0);
        return version >= newest
                ? ""
                : "version " + version + " is older than " + newest + ", in force before it was sent";
    }
}
