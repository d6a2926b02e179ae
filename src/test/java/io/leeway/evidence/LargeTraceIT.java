package io.leeway.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.decision.DecidedProposals;
import io.leeway.decision.RelatedDecisions;
import io.leeway.evidence.SubjectTimelines.Timeline;
import io.leeway.ledger.LedgerFixture;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.model.Mode;
import io.leeway.model.Subject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A runaway trace: one agent in a loop on one subject, each step caused by the one before, among decisions of others. */
class LargeTraceIT {
    private static final Logger LOG = Logger.getLogger(LargeTraceIT.class);
    private static final int STEPS = Boolean.getBoolean("leeway.test.full") ? 100_000 : CausalTraces.SUMMED + 600;
    private static final int BATCH = 200;

    private static final List<UUID> IDS = new ArrayList<>();

    private static LedgerFixture fixture;
    private static CausalTraces traces;
    private static SubjectTimelines timelines;

    @BeforeAll
    static void fill() throws SQLException {
        fixture = LedgerFixture.open();
        while (IDS.size() < STEPS) {
            fixture.in(tx -> {
                for (int i = 0; i < BATCH && IDS.size() < STEPS; i++) {
                    UUID parent = IDS.isEmpty() ? null : IDS.get(IDS.size() - 1);
                    IDS.add(append(tx, "looping-bot", "runaway", "A-1", parent, IDS.size()));
                    append(tx, "other-bot", "tr-" + IDS.size(), "A-2", null, 0);
                }
                return null;
            });
        }
        RelatedDecisions related = DecidedProposals.related(fixture.ledger());
        traces = new CausalTraces(related, fixture.ledger());
        timelines = new SubjectTimelines(related, fixture.ledger());
    }

    private static UUID append(
            LedgerTransaction tx, String agent, String trace, String subject, @Nullable UUID parent, long depth) {
        UUID id = tx.newId();
        String cause = parent == null ? "" : ",\"parent\":\"" + parent + "\"";
        String body = """
                {"action":{"id":"%s","type":"billing.adjust","amount":{"value":"1.50","currency":"USD"}},
                 "agent":{"id":"%s"},"subject":{"type":"account","id":"%s"},"trace":{"id":"%s"%s}}""".formatted(id, agent, subject, trace, cause);
        tx.append(DecidedProposals.draft(fixture.ledger(), id, body.getBytes(StandardCharsets.UTF_8), tx.now(), depth));
        return id;
    }

    @AfterAll
    static void close() throws SQLException {
        fixture.close();
    }

    @Test
    void firstPageSaysHowManyThereAreAndHowManyAreSummed() {
        CausalTrace trace = timed("first page", () -> page(-1, 50));
        assertThat(trace.steps()).isEqualTo(STEPS);
        assertThat(trace.isSummed()).isFalse();
        assertThat(trace.totals().steps()).isEqualTo(CausalTraces.SUMMED);
        assertThat(trace.totals().modes()).containsEntry(Mode.HUMAN_IN_CONTROL, (long) CausalTraces.SUMMED);
        assertThat(trace.totals().money().get("USD").proposed()).isEqualByComparingTo("1500.00");
        assertThat(trace.totals().depth()).isEqualTo(CausalTraces.SUMMED - 1);
        assertThat(ids(trace)).isEqualTo(IDS.subList(0, 50));
        assertThat(trace.page().get(49).children()).containsExactly(IDS.get(50));
    }

    @Test
    void stepsFarBeyondWhatIsSummedStillHaveTheirCauses() {
        long after = page(-1, 1).page().get(0).step().position() + 2L * (STEPS - 301);
        CausalTrace trace = timed("late page", () -> page(after, 200));
        assertThat(ids(trace)).isEqualTo(IDS.subList(STEPS - 300, STEPS - 100));
        assertThat(trace.page()).extracting(CausalTrace.Node::link).containsOnly(ParentLink.STEP);
        assertThat(trace.page().get(0).step().link().depth()).isEqualTo(STEPS - 300L);
        assertThat(trace.inCausalOrder()).isEqualTo(trace.page());
    }

    @Test
    void pagesTogetherAreTheWhole() {
        List<UUID> paged = new ArrayList<>();
        long after = -1;
        int pages = 0;
        do {
            CausalTrace trace = page(after, 500);
            paged.addAll(ids(trace));
            after = trace.page().isEmpty()
                    ? after
                    : trace.page().get(trace.page().size() - 1).step().position();
            pages++;
        } while (pages < 4 && paged.size() < STEPS);
        assertThat(paged)
                .isEqualTo(IDS.subList(0, Math.min(STEPS, paged.size())))
                .hasSizeGreaterThan(CausalTraces.SUMMED);
    }

    @Test
    void timelineOfItsSubjectHoldsItAndNothingElse() {
        Subject subject = new Subject("account", "A-1");
        Timeline first = timed("timeline", () -> timelines.read(subject, Set.of(), -1, 500));
        assertThat(first.events()).extracting(TimelineEvent::decisionId).isEqualTo(IDS.subList(0, 500));
        long last = first.last();
        assertThat(timelines.read(subject, Set.of(), last, 7).events())
                .extracting(TimelineEvent::decisionId)
                .isEqualTo(IDS.subList(500, 507));
        assertThat(timelines.read(subject, Set.of("other-bot"), -1, 500).events())
                .isEmpty();
    }

    private static CausalTrace page(long after, int limit) {
        return traces.find("runaway", Set.of(), after, limit).orElseThrow();
    }

    private static List<UUID> ids(CausalTrace trace) {
        return trace.page().stream().map(node -> node.step().id()).toList();
    }

    /** Tells how long it took, the second time: the first one fills the projection. */
    private static <T> T timed(String what, Supplier<T> work) {
        work.get();
        long began = System.nanoTime();
        T result = work.get();
        LOG.infof(
                "%s of %d steps: %d ms",
                what, STEPS, Duration.ofNanos(System.nanoTime() - began).toMillis());
        return result;
    }
}
