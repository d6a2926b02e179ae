package io.leeway.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.ledger.EntryDraft;
import io.leeway.ledger.EntryKind;
import io.leeway.ledger.LedgerFixture;
import io.leeway.model.Actor;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Depth and repeats are those of everything before the position, in this batch and earlier ones. */
class TracesIT {
    private static final EntryKind STEP = new EntryKind("test.step");

    @Test
    void agreesWithCountingTheStepsByHand() throws SQLException {
        long seed = 20261122;
        Random random = new Random(seed);
        List<Traces.Step> before = new ArrayList<>();
        Map<UUID, Long> depths = new HashMap<>();
        List<UUID> ids = new ArrayList<>();
        try (LedgerFixture fixture = LedgerFixture.open()) {
            for (int batch = 0; batch < 40; batch++) {
                List<Traces.Step> steps = new ArrayList<>();
                for (int i = random.nextInt(6); i >= 0; i--) {
                    steps.add(step(random, ids));
                }
                Traces traces = new Traces(fixture.ledger().realm());
                // Some are known before the lock, others come while it is waited for.
                int early = random.nextInt(steps.size() + 1);
                fixture.in(traces.lookups(steps.subList(0, early)), tx -> {
                    tx.lookUp(List.of(), traces.lookups(steps.subList(early, steps.size())));
                    for (Traces.Step step : steps) {
                        assertThat(traces.repeatsOf(step))
                                .as("seed %d", seed)
                                .isEqualTo(before.stream()
                                        .filter(one -> one.trace().equals(step.trace())
                                                && one.repeat().equals(step.repeat()))
                                        .count());
                        long depth = step.parent() == null ? 0 : depths.getOrDefault(step.parent(), 0L) + 1;
                        assertThat(traces.depthOf(step)).as("seed %d", seed).isEqualTo(depth);
                        UUID id = tx.newId();
                        traces.add(
                                step,
                                tx.append(EntryDraft.of(STEP, Actor.INSTALLATION))
                                        .position());
                        before.add(step);
                        depths.put(id, depth);
                        ids.add(id);
                    }
                    traces.writeWith(tx);
                    return null;
                });
            }
        }
        assertThat(before).hasSizeGreaterThan(80);
    }

    private static Traces.Step step(Random random, List<UUID> ids) {
        @Nullable UUID parent = null;
        if (!ids.isEmpty() && random.nextInt(3) > 0) {
            parent = ids.get(random.nextInt(ids.size()));
        } else if (random.nextInt(10) == 0) {
            parent = UUID.fromString("0190a000-0000-4000-8000-000000000000"); // never recorded here
        }
        return new Traces.Step(new UUID(0, random.nextInt(3)), new UUID(1, random.nextInt(4)), parent);
    }
}
