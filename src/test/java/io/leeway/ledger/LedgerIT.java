package io.leeway.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.leeway.model.Actor;
import io.leeway.model.Mode;
import io.leeway.model.Refusal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerIT {
    private static final EntryKind NOTE = new EntryKind("note");
    private static final Actor ALICE = new Actor(Actor.LEEWAY, "alice");

    private LedgerFixture fixture;
    private Ledger ledger;

    @BeforeEach
    void open() throws SQLException {
        fixture = LedgerFixture.open();
        ledger = fixture.ledger();
    }

    @AfterEach
    void close() throws SQLException {
        fixture.close();
    }

    @Test
    void anEmptyLedgerHasTheEmptyTreesRoot() throws SQLException {
        assertThat(ledger.head().size()).isZero();
        assertThat(ledger.head().root()).isEqualTo(Hashes.sha256());
        assertThat(ledger.head().policyGeneration()).isZero();
    }

    /** Read from end to end, the ledger of a realm costs each batch more the longer it is. */
    @Test
    void keysAreLookedUpOneByOneEvenByAPlanThatKnowsNothingOfTheTable() throws SQLException {
        String query = KnownKeys.SQL.replaceFirst("\\?", "\\$1").replaceFirst("\\?", "\\$2");
        List<String> plan = new ArrayList<>();
        fixture.in(tx -> {
            try (Statement statement = tx.connection().createStatement()) {
                statement.execute("set local plan_cache_mode = force_generic_plan");
                statement.execute("prepare known (bytea[], text) as " + query);
                try (ResultSet rows = statement.executeQuery("explain execute known (array['\\x00'::bytea], 'any')")) {
                    while (rows.next()) {
                        plan.add(rows.getString(1));
                    }
                }
                statement.execute("deallocate known");
            }
            return null;
        });
        assertThat(plan).anyMatch(line -> line.contains("Index Cond: ((realm = $2) AND (idempotency_key = sent.key))"));
    }

    @Test
    void positionsHaveNoGapsAndTheRootComesOutOfTheEntriesAlone() throws SQLException {
        long seed = 20261122;
        Random random = new Random(seed);
        for (int batch = 0; batch < 40; batch++) {
            int size = random.nextInt(12);
            fixture.in(tx -> {
                for (int i = 0; i < size; i++) {
                    EntryDraft draft = note("entry " + tx.position());
                    tx.append(random.nextBoolean() ? draft.facts(facts("f" + i)) : draft);
                }
                return null;
            });
        }
        Head head = ledger.head();
        List<StoredEntry> entries = ledger.entries(0, 1000);
        assertThat(entries).as("seed %d", seed).hasSize((int) head.size());
        Frontier frontier = Frontier.empty();
        for (StoredEntry entry : entries) {
            assertThat(entry.position()).isEqualTo(frontier.size());
            assertThat(entry.parsedHeader().members()).containsEntry("position", frontier.size());
            frontier.append(entry.leafHash());
        }
        assertThat(frontier.root()).as("seed %d", seed).isEqualTo(head.root());
    }

    @Test
    void whatWasAppendedIsWhatIsStored() throws SQLException {
        Appended appended = fixture.in(tx -> tx.append(note("billing-bot")
                .mode(Mode.HUMAN_IN_THE_LOOP)
                .facts(facts("x"))
                .result(facts("y"))));
        StoredEntry stored = ledger.entry(appended.position()).orElseThrow();
        assertThat(stored.header()).isEqualTo(appended.header());
        assertThat(stored.leafHash()).isEqualTo(appended.leafHash());
        assertThat(stored.facts()).isEqualTo(facts("x"));
        assertThat(stored.result()).isEqualTo(facts("y"));
        assertThat(stored.parsedHeader().members())
                .containsEntry("time", LedgerTime.text(appended.time()))
                .containsEntry("factsCommitment", Hashes.prefixed(Hashes.sha256(stored.salt(), facts("x"))));
        assertThat(ledger.entry(appended.position() + 1)).isEmpty();
    }

    @Test
    void entriesWithAndWithoutFactsResultsAndKeysGoInOneStatement() throws SQLException {
        fixture.in(tx -> {
            tx.append(note("bare"));
            tx.append(note("facts").facts(facts("f")));
            tx.append(note("key").once(key("k"), Hashes.sha256()));
            tx.append(note("all").facts(facts("g")).result(facts("r")).once(key("l"), Hashes.sha256()));
            return null;
        });
        List<StoredEntry> entries = ledger.entries(0, 10);
        assertThat(entries).extracting(entry -> entry.facts() != null).containsExactly(false, true, false, true);
        assertThat(entries).extracting(entry -> entry.result() != null).containsExactly(false, false, false, true);
        assertThat(fixture.number("select count(*) from ledger_entry where realm = ? and idempotency_key is not null"))
                .isEqualTo(2);
    }

    @Test
    void aKeyIsKnownOnceItsEntryIsPendingOrCommitted() throws SQLException {
        byte[] hash = Hashes.sha256(key("request"));
        fixture.in(List.of(key("a")), tx -> {
            assertThat(tx.known(key("a"))).isEmpty();
            tx.append(note("other"));
            tx.append(note("first").once(key("a"), hash));
            assertThat(tx.known(key("a"))).hasValueSatisfying(known -> {
                assertThat(known.position()).isEqualTo(1);
                assertThat(known.requestHash()).isEqualTo(hash);
            });
            return null;
        });
        fixture.in(List.of(key("b")), tx -> {
            // Another came while the lock was waited for.
            tx.lookUp(List.of(key("a")), List.of());
            assertThat(tx.known(key("b"))).isEmpty();
            assertThat(tx.known(key("a"))).hasValueSatisfying(known -> {
                assertThat(known.position()).isEqualTo(1);
                assertThat(known.requestHash()).isEqualTo(hash);
            });
            return null;
        });
    }

    @Test
    void aSecondEntryOfAKeyIsImpossibleEvenForAWriterThatDidNotLook() throws SQLException {
        fixture.in(tx -> tx.append(note("first").once(key("a"), Hashes.sha256())));
        assertThatThrownBy(() -> fixture.in(tx -> tx.append(note("second").once(key("a"), Hashes.sha256()))))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("ledger_entry_once");
        assertThat(ledger.head().size()).isEqualTo(1);
    }

    @Test
    void aRollbackLeavesNothing() throws SQLException {
        fixture.in(tx -> tx.append(note("kept")));
        Head before = ledger.head();
        assertThatThrownBy(() -> fixture.in(tx -> {
                    tx.append(note("lost").facts(facts("f")));
                    tx.moveControlEpoch();
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(ledger.head()).usingRecursiveComparison().isEqualTo(before);
        assertThat(ledger.entries(0, 10)).hasSize(1);
        assertThat(fixture.number("select count(*) from ledger_record where realm = ?"))
                .isZero();
        assertThat(fixture.in(tx -> tx.append(note("next"))).position()).isEqualTo(1);
    }

    @Test
    void aTransactionSeesItsOwnEntries() throws SQLException {
        fixture.in(tx -> tx.append(note("committed").facts(facts("c"))));
        fixture.in(tx -> {
            Appended pending = tx.append(note("pending").facts(facts("p")));
            assertThat(tx.entry(0).orElseThrow().facts()).isEqualTo(facts("c"));
            assertThat(tx.entry(1).orElseThrow().header()).isEqualTo(pending.header());
            assertThat(tx.entry(2)).isEmpty();
            return null;
        });
    }

    @Test
    void epochAndGenerationSurviveWithoutAnEntry() throws SQLException {
        Head before = ledger.head();
        fixture.in(tx -> {
            tx.moveControlEpoch();
            return tx.movePolicyGeneration();
        });
        assertThat(ledger.head().controlEpoch()).isEqualTo(before.controlEpoch() + 1);
        assertThat(ledger.head().policyGeneration()).isEqualTo(1);
        assertThat(ledger.head().size()).isZero();
    }

    @Test
    void twoSessionsExcludeEachOther() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (LedgerSession first = ledger.open();
                LedgerSession second = ledger.open()) {
            LedgerTransaction holder = first.begin(List.of());
            CompletableFuture<LedgerTransaction> waiter = CompletableFuture.supplyAsync(() -> begin(second), other);
            await().atMost(Duration.ofMillis(900))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> waitsForTheHead(holder));
            assertThat(waiter).isNotDone();
            holder.append(note("first"));
            holder.commit();
            LedgerTransaction next = waiter.get(5, TimeUnit.SECONDS);
            assertThat(next.position()).isEqualTo(1);
            assertThat(next.now()).isAfterOrEqualTo(holder.now());
            next.append(note("second"));
            next.commit();
            assertThat(ledger.head().size()).isEqualTo(2);
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void aHolderThatHangsIsEndedSoThatAnotherGetsItsTurn() throws SQLException {
        try (LedgerSession hanging = ledger.open();
                LedgerSession second = ledger.open()) {
            LedgerTransaction hung = hanging.begin(List.of());
            hung.append(note("never"));
            LedgerTransaction next = second.begin(List.of());
            next.append(note("other"));
            next.commit();
            assertThatThrownBy(hung::commit).isInstanceOf(SQLException.class);
            assertThat(ledger.entries(0, 10))
                    .extracting(entry -> entry.parsedHeader().members().get("agent"))
                    .containsExactly("other");
        }
    }

    @Test
    void timeNeverGoesBack() throws SQLException {
        fixture.sql("update ledger_head set last_time = clock_timestamp() + interval '1 second' where realm = ?");
        Instant ahead = ledger.head().lastTime();
        assertThat(fixture.in(tx -> tx.append(note("a"))).time()).isEqualTo(ahead);
    }

    @Test
    void aClockTwoSecondsBehindIsRefused() throws SQLException {
        fixture.sql("update ledger_head set last_time = clock_timestamp() + interval '10 seconds' where realm = ?");
        assertThatThrownBy(() -> fixture.in(tx -> tx.append(note("a"))))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE);
                    assertThat(refusal.code()).isEqualTo("CLOCK_BEHIND");
                });
        assertThat(fixture.number("select size from ledger_head where realm = ?"))
                .isZero();
    }

    @Test
    void whatStandsBesideAnEntryCanBeErasedAndTheTreeStillVerifies() throws SQLException {
        for (int i = 0; i < 5; i++) {
            String name = "f" + i;
            fixture.in(tx -> tx.append(note(name).facts(facts(name)).result(facts("r"))));
        }
        assertThat(fixture.sql("delete from ledger_record where realm = ? and position = 2"))
                .isEqualTo(1);
        StoredEntry erased = ledger.entry(2).orElseThrow();
        assertThat(erased.salt()).isNull();
        assertThat(erased.facts()).isNull();
        assertThat(erased.result()).isNull();
        Frontier frontier = Frontier.empty();
        ledger.entries(0, 10).forEach(entry -> frontier.append(entry.leafHash()));
        assertThat(frontier.root()).isEqualTo(ledger.head().root());
    }

    @Test
    void anIdLeadsToTheEntryThatItWasMadeFor() throws SQLException {
        fixture.in(tx -> tx.append(note("zero")));
        UUID id = fixture.in(tx -> {
            UUID made = tx.newId();
            tx.append(note("one").decisionId(made));
            return made;
        });
        assertThat(ledger.entry(PositionedId.positionOf(id))
                        .orElseThrow()
                        .parsedHeader()
                        .members())
                .containsEntry("decisionId", id.toString());
    }

    @Test
    void tagsAreTheSameOnEveryReplicaAndTellKindsApart() throws SQLException {
        try (LedgerFixture second = fixture.another();
                LedgerFixture elsewhere = LedgerFixture.open()) {
            String tag = ledger.tag(Tags.SUBJECT, "invoice/INV-7");
            assertThat(tag).matches("[0-9a-f]{64}");
            assertThat(second.ledger().tag(Tags.SUBJECT, "invoice/INV-7")).isEqualTo(tag);
            assertThat(ledger.tag(Tags.TRACE, "invoice/INV-7")).isNotEqualTo(tag);
            assertThat(elsewhere.ledger().tag(Tags.SUBJECT, "invoice/INV-7")).isNotEqualTo(tag);
        }
    }

    private boolean waitsForTheHead(LedgerTransaction holder) throws SQLException {
        try (var statement = holder.connection().createStatement();
                var row = statement.executeQuery("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                        + " and pg_backend_pid() = any(pg_blocking_pids(pid))")) {
            row.next();
            return row.getLong(1) == 1;
        }
    }

    private static LedgerTransaction begin(LedgerSession session) {
        try {
            return session.begin(List.of());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EntryDraft note(String agent) {
        return EntryDraft.of(NOTE, ALICE).agent(agent);
    }

    private static byte[] facts(String text) {
        return CanonicalJson.bytes(text);
    }

    private static byte[] key(String text) {
        return Hashes.sha256(text.getBytes(UTF_8));
    }
}
