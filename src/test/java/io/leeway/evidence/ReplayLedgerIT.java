package io.leeway.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.decision.DecidedProposals;
import io.leeway.decision.Decision.PolicyReference;
import io.leeway.decision.DecisionEntries;
import io.leeway.decision.DecisionEntry;
import io.leeway.decision.RecordedFacts;
import io.leeway.evidence.ReplayJob.State;
import io.leeway.evidence.ReplayRange.Bound;
import io.leeway.evidence.ReplayResult.NotReplayed;
import io.leeway.ledger.EntryDraft;
import io.leeway.ledger.EntryKind;
import io.leeway.ledger.LedgerFixture;
import io.leeway.model.Activity;
import io.leeway.model.Actor;
import io.leeway.model.Proposal;
import io.leeway.model.Refusal;
import io.leeway.policy.Condition;
import io.leeway.policy.Operator;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.compile.PolicyCompiler;
import io.leeway.testing.ProposalBodies;
import io.leeway.testing.RandomTables;
import io.leeway.testing.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Replays out of a real ledger, among entries of other kinds, over several pages; and the jobs that run them. */
class ReplayLedgerIT {
    private static final int BATCHES = 9;
    private static final int IN_BATCH = 97;
    private static final EntryKind NOTE = new EntryKind("test.note");
    private static final PolicyTables TABLES = new RandomTables(7).tables(14);
    private static final CompiledPolicy OWN = compiled(TABLES);
    private static final CompiledPolicy CANDIDATE = compiled(new RandomTables(8).tables(14));
    private static final PolicyReference NAME = new PolicyReference("2026-11-22.1", "sha256:00");

    /** When each batch was over. */
    private static final List<Instant> TIMES = new ArrayList<>();

    private static LedgerFixture fixture;
    private static DecisionEntries entries;

    @BeforeAll
    static void fill() throws Exception {
        fixture = LedgerFixture.open();
        entries = DecidedProposals.entries(fixture.ledger());
        RandomTables proposals = new RandomTables(9);
        for (int batch = 0; batch < BATCHES; batch++) {
            List<EntryDraft> drafts = new ArrayList<>();
            long end = entries.end();
            for (int i = 0; i < IN_BATCH; i++) {
                drafts.add(draft(end + drafts.size(), proposals.proposal()));
                if (i % 10 == 0) {
                    drafts.add(EntryDraft.of(NOTE, Actor.INSTALLATION));
                }
            }
            fixture.in(tx -> {
                for (EntryDraft draft : drafts) {
                    tx.append(draft);
                }
                return drafts.size();
            });
            TIMES.add(fixture.ledger().moment().now());
        }
        fixture.sql("delete from ledger_record where realm = ? and position in (3, 400, 401)");
    }

    @AfterAll
    static void close() throws Exception {
        fixture.close();
    }

    @Test
    void everythingIsTakenOnceAndNewestFirst() throws Exception {
        ReplayProgress progress = new ReplayProgress();
        ReplayResult result = Replay.run(entries, CANDIDATE, ReplayRange.ALL, progress);
        long end = entries.end();
        assertThat(result).usingRecursiveComparison().isEqualTo(expected(0, end, Long.MAX_VALUE));
        assertThat(result.decisions()).isEqualTo(BATCHES * IN_BATCH);
        assertThat(result.inRange()).isEqualTo(BATCHES * IN_BATCH);
        assertThat(result.notReplayed().get(NotReplayed.ERASED)).isBetween(1L, 3L);
        assertThat(result.changed()).isGreaterThan(50);
        assertThat(progress.done()).isEqualTo(progress.of()).isEqualTo(BATCHES * IN_BATCH);
    }

    @Test
    void aLimitLeavesOutTheOldest() throws Exception {
        ReplayResult result = Replay.run(entries, CANDIDATE, new ReplayRange(null, null, 300L), new ReplayProgress());
        assertThat(result).usingRecursiveComparison().isEqualTo(expected(0, entries.end(), 300));
        assertThat(result.decisions()).isEqualTo(300);
        assertThat(result.inRange()).isEqualTo(BATCHES * IN_BATCH);
    }

    @Test
    void boundsArePositionsOrTimes() throws Exception {
        long end = entries.end();
        long third = entries.positionAt(TIMES.get(2));
        long sixth = entries.positionAt(TIMES.get(5));
        assertThat(third).isEqualTo(end / BATCHES * 3);
        assertThat(sixth).isEqualTo(end / BATCHES * 6);
        assertThat(entries.positionAt(Instant.EPOCH)).isZero();
        assertThat(entries.positionAt(TIMES.get(BATCHES - 1).plusSeconds(3600))).isEqualTo(end);
        Bound time = new Bound.Time(TIMES.get(2));
        Bound position = new Bound.Position(sixth);
        for (ReplayRange range : List.of(
                new ReplayRange(time, position, null),
                new ReplayRange(new Bound.Position(third), new Bound.Time(TIMES.get(5)), null))) {
            ReplayResult result = Replay.run(entries, CANDIDATE, range, new ReplayProgress());
            assertThat(result).usingRecursiveComparison().isEqualTo(expected(third, sixth, Long.MAX_VALUE));
            assertThat(result.decisions()).isEqualTo(3 * IN_BATCH);
        }
        for (ReplayRange empty : List.of(
                new ReplayRange(position, time, null),
                new ReplayRange(new Bound.Position(end + 5), null, null),
                new ReplayRange(null, new Bound.Position(0), null))) {
            ReplayResult result = Replay.run(entries, CANDIDATE, empty, new ReplayProgress());
            assertThat(result.decisions()).as("%s", empty).isZero();
            assertThat(result.inRange()).as("%s", empty).isZero();
        }
    }

    @Test
    void cancellingEndsItBeforeTheNextDecision() {
        ReplayProgress progress = new ReplayProgress();
        CompiledPolicy stopping = watched(asked -> {
            if (asked == 10) {
                progress.cancel();
            }
        });
        assertThatThrownBy(() -> Replay.run(entries, stopping, ReplayRange.ALL, progress))
                .isInstanceOf(CancellationException.class);
        assertThat(progress.done()).isBetween(1L, 10L);
        assertThat(progress.of()).isEqualTo(BATCHES * IN_BATCH);
    }

    @Test
    void oneJobRunsAtATimeAndTheNextWaits() throws Exception {
        Replays replays = new Replays(entries);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ReplayJob first = replays.start(
                NAME,
                () -> {
                    begun.countDown();
                    await(go);
                    return CANDIDATE;
                },
                ReplayRange.ALL);
        await(begun);
        ReplayJob second = replays.start(NAME, () -> CANDIDATE, ReplayRange.ALL);
        ReplayJob third = replays.start(NAME, () -> CANDIDATE, ReplayRange.ALL);
        assertThat(first.state()).isEqualTo(State.RUNNING);
        assertThat(second.state()).isEqualTo(State.WAITING);
        assertThat(first.result()).isNull();
        second.cancel();
        assertThat(second.state()).isEqualTo(State.CANCELLED);
        go.countDown();
        assertThat(over(first).state()).isEqualTo(State.DONE);
        assertThat(over(third).state()).isEqualTo(State.DONE);
        assertThat(second.state()).isEqualTo(State.CANCELLED);
        assertThat(second.progress().done()).isZero();
        assertThat(first.result().decisions()).isEqualTo(BATCHES * IN_BATCH);
        assertThat(replays.find(first.id())).contains(first);
        assertThat(replays.find(UUID.randomUUID())).isEmpty();
        first.cancel();
        assertThat(first.state()).as("what is over stays as it is").isEqualTo(State.DONE);
    }

    @Test
    void aJobThatIsCancelledIsOverAtOnce() throws Exception {
        Replays replays = new Replays(entries);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CompiledPolicy slow = watched(number -> {
            asked.countDown();
            await(go);
        });
        ReplayJob job = replays.start(NAME, () -> slow, ReplayRange.ALL);
        await(asked);
        job.cancel();
        assertThat(over(job).state()).isEqualTo(State.CANCELLED);
        assertThat(job.result()).isNull();
        go.countDown();
        ReplayJob next = replays.start(NAME, () -> CANDIDATE, new ReplayRange(null, null, 5L));
        assertThat(over(next).state()).isEqualTo(State.DONE);
        assertThat(job.state()).isEqualTo(State.CANCELLED);
        assertThat(job.progress().done()).isLessThan(2);
    }

    @Test
    void whatFailsSaysWhyAndTheNextOneRuns() throws Exception {
        Replays replays = new Replays(entries);
        ReplayJob refused = replays.start(
                NAME,
                () -> {
                    throw new Refusal(Refusal.Kind.CONFLICT, "TEST", "It does not compile.");
                },
                ReplayRange.ALL);
        ReplayJob broken = replays.start(
                NAME,
                () -> {
                    throw new IllegalStateException("secret details");
                },
                ReplayRange.ALL);
        ReplayJob fine = replays.start(NAME, () -> CANDIDATE, new ReplayRange(null, null, 5L));
        assertThat(over(refused).state()).isEqualTo(State.FAILED);
        assertThat(refused.failure()).isEqualTo("It does not compile.");
        assertThat(over(broken).state()).isEqualTo(State.FAILED);
        assertThat(broken.failure()).contains(broken.id().toString()).doesNotContain("secret");
        assertThat(over(fine).state()).isEqualTo(State.DONE);
        assertThat(fine.failure()).isNull();
    }

    @Test
    void theLastOnesAreKeptAndNoMoreThanThatMayWait() throws Exception {
        Replays replays = new Replays(entries);
        CountDownLatch go = new CountDownLatch(1);
        List<ReplayJob> jobs = new ArrayList<>();
        for (int i = 0; i < Replays.KEPT; i++) {
            jobs.add(replays.start(
                    NAME,
                    () -> {
                        await(go);
                        return CANDIDATE;
                    },
                    new ReplayRange(null, null, 1L)));
        }
        assertThatThrownBy(() -> replays.start(NAME, () -> CANDIDATE, ReplayRange.ALL))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.OVERLOADED));
        go.countDown();
        for (ReplayJob job : jobs) {
            assertThat(over(job).state()).isEqualTo(State.DONE);
        }
        ReplayJob more = replays.start(NAME, () -> CANDIDATE, new ReplayRange(null, null, 1L));
        assertThat(replays.find(jobs.get(0).id())).isEmpty();
        assertThat(replays.find(jobs.get(1).id())).isPresent();
        assertThat(replays.find(more.id())).isPresent();
    }

    @Test
    void closingEndsAll() throws Exception {
        Replays replays = new Replays(entries);
        CountDownLatch go = new CountDownLatch(1);
        ReplayJob job = replays.start(
                NAME,
                () -> {
                    await(go);
                    return CANDIDATE;
                },
                ReplayRange.ALL);
        ReplayJob waiting = replays.start(NAME, () -> CANDIDATE, ReplayRange.ALL);
        replays.close();
        assertThat(over(job).state()).isEqualTo(State.CANCELLED);
        assertThat(over(waiting).state()).isEqualTo(State.CANCELLED);
        go.countDown();
    }

    @Test
    void oneDecisionIsFoundByItsId() throws Exception {
        DecisionEntry some = entries.between(20, 40).get(5);
        assertThat(entries.find(some.id()).map(DecisionEntry::position)).contains(some.position());
        assertThat(entries.find(UUID.randomUUID())).isEmpty();
    }

    /** The same by one page and a list. */
    private static ReplayResult expected(long from, long to, long limit) throws Exception {
        List<DecisionEntry> all = entries.between(from, to);
        ReplayTally tally = new ReplayTally(CANDIDATE);
        for (int i = all.size() - 1; i >= 0 && tally.decisions() < limit; i--) {
            tally.add(all.get(i));
        }
        return tally.result(from, to, all.size());
    }

    private static EntryDraft draft(long position, Proposal proposal) {
        RecordedFacts derived =
                new RecordedFacts(proposal, proposal.now(), proposal.agent().earned(), 0, 0, Activity.NONE, List.of());
        return DecidedProposals.draft(position, ProposalBodies.of(proposal), derived, OWN);
    }

    /** Tells how often it was asked. */
    private static CompiledPolicy watched(Consumer<Integer> watcher) {
        int[] asked = {0};
        Row row = TABLES.rows().get(0);
        Condition condition = new Condition(
                RandomTables.text("action.summary", it -> {
                    watcher.accept(++asked[0]);
                    return "";
                }),
                Operator.EQUAL,
                "x",
                "B6");
        return compiled(new PolicyTables(
                List.of(Rows.changed(row, row.table(), List.of(condition), row.outcome())), Map.of(), Map.of()));
    }

    private static CompiledPolicy compiled(PolicyTables tables) {
        return Objects.requireNonNull(PolicyCompiler.compile("2026-11-22.1", "sha256:00", tables, List.of())
                .policy());
    }

    private static ReplayJob over(ReplayJob job) throws Exception {
        return job.over().get(30, TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
