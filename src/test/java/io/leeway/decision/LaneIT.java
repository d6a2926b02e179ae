package io.leeway.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.ledger.EntryDraft;
import io.leeway.ledger.EntryKind;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.model.Actor;
import io.leeway.model.Refusal;
import io.leeway.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What goes wrong with one piece of work stays with it, and the lane goes on. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class LaneIT {
    private static final EntryKind NOTE = new EntryKind("test.note");
    private static final Duration SOON = Duration.ofSeconds(10);

    @Inject
    Lane lane;

    @Inject
    Ledger ledger;

    @Test
    void aFailingWorkTakesNothingElseOfItsBatchWithIt() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CompletableFuture<Boolean> first = lane.run(Caller.INSTALLATION, tx -> awaited(held));
        List<CompletableFuture<Long>> good = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            good.add(run(LaneIT::note));
        }
        CompletableFuture<Long> bad = run(tx -> {
            note(tx);
            throw new IllegalStateException("broken on purpose");
        });
        CompletableFuture<Long> refusedByTheDatabase = run(tx -> {
            note(tx);
            sql(tx, "insert into realm (realm, tag_key) values ('short', 'x')");
            return 0L;
        });
        for (int i = 0; i < 20; i++) {
            good.add(run(LaneIT::note));
        }
        held.countDown();
        first.get(10, TimeUnit.SECONDS);
        assertThat(bad).failsWithin(SOON).withThrowableThat().withMessageContaining("The work failed");
        assertThat(refusedByTheDatabase).failsWithin(SOON);
        List<Long> positions = new ArrayList<>();
        for (CompletableFuture<Long> one : good) {
            positions.add(one.get(10, TimeUnit.SECONDS));
        }
        assertThat(positions).isSorted().doesNotHaveDuplicates();
        for (long position : positions) {
            assertThat(ledger.entry(position)).isPresent();
        }
        assertThat(ledger.head().size()).isEqualTo(positions.get(positions.size() - 1) + 1);
    }

    @Test
    void anErrorOfTheVirtualMachineDoesNotEndTheLane() throws Exception {
        CompletableFuture<Long> bad = run(tx -> {
            throw new StackOverflowError("on purpose");
        });
        assertThat(bad).failsWithin(SOON);
        assertThat(run(LaneIT::note)).succeedsWithin(SOON);
    }

    /** More broken sessions than the pool has connections: none may be lost to it. */
    @Test
    void brokenSessionsGiveTheirConnectionsBack() throws Exception {
        for (int i = 0; i < 20; i++) {
            CompletableFuture<Long> cut = run(tx -> {
                sql(tx, "select pg_terminate_backend(pg_backend_pid())");
                return 0L;
            });
            assertThat(cut).failsWithin(SOON);
        }
        assertThat(run(LaneIT::note)).succeedsWithin(SOON);
    }

    @Test
    void aStuckWorkerIsAbandonedAndItsCallerTold() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CompletableFuture<Long> stuck = run(tx -> {
            try {
                never.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return note(tx);
        });
        long began = System.nanoTime();
        assertThatThrownBy(() -> stuck.get(10, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(Refusal.class)
                .hasMessageContaining("human in control");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
        long position = run(LaneIT::note).get(10, TimeUnit.SECONDS);
        never.countDown();
        assertThat(run(LaneIT::note).get(10, TimeUnit.SECONDS)).isEqualTo(position + 1);
    }

    @Test
    void aRevokedCallerIsRefusedWhenHisTurnComes() {
        Caller revoked = new Caller(Actor.INSTALLATION, now -> false);
        assertThatThrownBy(() -> lane.run(revoked, LaneIT::note).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(Refusal.class);
    }

    private CompletableFuture<Long> run(Work<Long> work) {
        return lane.run(Caller.INSTALLATION, work);
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(200, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static long note(LedgerTransaction tx) {
        return tx.append(EntryDraft.of(NOTE, Actor.INSTALLATION)).position();
    }

    private static void sql(LedgerTransaction tx, String sql) throws SQLException {
        try (PreparedStatement statement = tx.connection().prepareStatement(sql)) {
            statement.execute();
        }
    }
}
