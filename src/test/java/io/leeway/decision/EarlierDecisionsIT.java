package io.leeway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.leeway.ledger.EntryDraft;
import io.leeway.ledger.EntryKind;
import io.leeway.ledger.Frontier;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.LedgerSession;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.RecordPartitions;
import io.leeway.ledger.SeededLedger;
import io.leeway.ledger.StoredEntry;
import io.leeway.model.Actor;
import io.leeway.server.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that has grown over half a year: its months, and taking them out. Each test has a schema of its own. */
class EarlierDecisionsIT {
    private static final int DECISIONS = 400;
    private static final EntryKind NOTE = new EntryKind("test.note");

    @TempDir
    static Path directory;

    private static EmbeddedDatabase database;
    private AgroalDataSource source;
    private Flyway flyway;
    private final Instant now = Instant.now();

    @BeforeAll
    static void start() {
        database = EmbeddedDatabase.open(directory);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void connect(TestInfo test) throws SQLException {
        String schema = test.getTestMethod().orElseThrow().getName().toLowerCase(java.util.Locale.ROOT);
        flyway = Flyway.configure()
                .dataSource(database.jdbcUrl(), database.username(), database.password())
                .schemas(schema)
                .locations("classpath:db/migration")
                .load();
        String url = database.jdbcUrl() + "?currentSchema=" + schema;
        source = AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(10)
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(url)
                                .principal(new NamePrincipal(database.username()))
                                .credential(new SimplePassword(database.password())))));
    }

    @AfterEach
    void disconnect() {
        source.close();
    }

    @Test
    void whatIsSeededIsAsIfDecided() throws Exception {
        Ledger ledger = grown();
        Frontier frontier = Frontier.empty();
        ledger.entries(0, DECISIONS + 2).forEach(entry -> frontier.append(entry.leafHash()));
        assertThat(frontier.size()).isEqualTo(DECISIONS + 1);
        assertThat(ledger.head().root()).isEqualTo(frontier.root());
        String all = "select s.*::text from decision_summary s order by position";
        List<String> seeded = texts(all);
        assertThat(seeded).hasSize(DECISIONS);
        execute("truncate decision_summary");
        execute(migrationOfEarlierDecisions());
        assertThat(texts(all))
                .as("terms as the migration finds them in headers")
                .isEqualTo(seeded);
        StoredEntry entry = ledger.entry(DECISIONS).orElseThrow();
        assertThat(DecisionRecord.read(entry, false, now).decision().id())
                .isEqualTo(entry.parsedHeader().id("decisionId"));
        assertThat(texts("select count(*)::text from trace_step")).containsExactly(Integer.toString(DECISIONS / 4));
    }

    @Test
    void readingOneRecordLooksIntoOneMonth() throws Exception {
        Ledger ledger = grown();
        List<String> plan = ledger.query(connection -> {
            try (Statement statement = connection.createStatement()) {
                return texts(
                        statement,
                        "explain (analyze, costs off, timing off, summary off, buffers off) "
                                + SeededLedger.entryQuery("default", DECISIONS / 2, 1));
            }
        });
        assertThat(plan.stream().filter(line -> line.contains("on ledger_record_")))
                .hasSizeGreaterThan(5)
                .filteredOn(line -> !line.contains("never executed"))
                .hasSize(1);
        assertThat(ledger.entry(DECISIONS / 2).orElseThrow().facts()).isNotNull();
    }

    @Test
    void monthsPastTheLimitAreTakenOutAndTheLogSaysWhich() throws Exception {
        Ledger ledger = grown();
        Instant limit = now.minus(Duration.ofDays(70));
        int taken = 0;
        while (in(ledger, tx -> RecordPartitions.takeOut(tx, limit))) {
            taken++;
        }
        assertThat(taken).isBetween(3, 5);
        long next = 0;
        for (StoredEntry retention : ledger.entries(DECISIONS + 1, 10)) {
            assertThat(retention.kind()).isEqualTo("record.retention");
            var erased = retention.parsedHeader().object("erased");
            assertThat(erased.integer("first")).isEqualTo(next);
            next = erased.integer("last") + 1;
        }
        assertThat(next).isGreaterThan(DECISIONS / 3);
        for (StoredEntry entry : ledger.entries(1, DECISIONS)) {
            assertThat(entry.facts() == null).isEqualTo(entry.position() < next);
            if (entry.facts() != null) {
                assertThat(entry.parsedHeader().time("time")).isAfter(limit.minus(Duration.ofDays(31)));
            }
        }
        Frontier frontier = Frontier.empty();
        ledger.entries(0, DECISIONS + 10).forEach(entry -> frontier.append(entry.leafHash()));
        assertThat(ledger.head().root()).isEqualTo(frontier.root());
        String left = "select relname::text from pg_class where pg_table_is_visible(oid) and relkind = 'r'"
                + " and relname like 'erased%'";
        assertThat(texts(left)).hasSize(taken);
        try (Connection connection = source.getConnection()) {
            RecordPartitions.drop(connection);
        }
        assertThat(texts(left)).isEmpty();
    }

    @Test
    void aMonthWithRecordsOfAnotherRealmStays() throws Exception {
        Ledger ledger = grown();
        execute(
                "insert into ledger_record select 'other', position, recorded_at, salt, facts, result from ledger_record"
                        + " where position = 1");
        assertThat(in(ledger, tx -> RecordPartitions.takeOut(tx, now))).isFalse();
        assertThat(ledger.entry(1).orElseThrow().facts()).isNotNull();
        assertThat(ledger.head().size()).isEqualTo(DECISIONS + 1);
    }

    @Test
    void aReaderThatHoldsTheTableCostsTheOtherWorkNothing() throws Exception {
        Ledger ledger = grown();
        try (Connection reader = source.getConnection()) {
            reader.setAutoCommit(false);
            try (Statement statement = reader.createStatement()) {
                statement.execute("select count(*) from ledger_record");
            }
            assertThat(in(ledger, tx -> {
                        tx.append(note());
                        try (Statement other = tx.connection().createStatement()) {
                            other.execute("insert into trace_step values ('default', 1000000, 7)");
                        }
                        return RecordPartitions.takeOut(tx, now);
                    }))
                    .isFalse();
            reader.rollback();
            reader.setAutoCommit(true);
        }
        assertThat(ledger.entry(DECISIONS + 1).orElseThrow().kind()).isEqualTo("test.note");
        assertThat(texts("select depth::text from trace_step where position = 1000000"))
                .containsExactly("7");
        assertThat(ledger.entry(1).orElseThrow().facts()).isNotNull();
        assertThat(in(ledger, tx -> RecordPartitions.takeOut(tx, now))).isTrue();
    }

    @Test
    void aRecordWithoutAMonthIsKeptAllTheSameAndLeavesWithTheRest() throws Exception {
        flyway.migrate();
        Ledger ledger = SeededLedger.ledger(source, "default");
        execute(
                "do $$ declare part record; begin for part in select relname from pg_class where pg_table_is_visible(oid)"
                        + " and relname ~ '^ledger_record_[0-9]' and relkind = 'r' loop execute 'drop table ' || part.relname;"
                        + " end loop; end $$");
        in(ledger, tx -> tx.append(note().facts("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8))) != null);
        assertThat(ledger.entry(0).orElseThrow().facts()).isNotNull();
        assertThat(monthsAreMissing(ledger)).isTrue();
        assertThat(in(ledger, RecordPartitions::make)).isTrue();
        assertThat(texts("select tableoid::regclass::text from ledger_record"))
                .containsExactly("ledger_record_default");
        Instant later = now.plus(Duration.ofDays(1));
        assertThat(in(ledger, tx -> RecordPartitions.takeOut(tx, later))).isTrue();
        assertThat(ledger.entry(0).orElseThrow().facts()).isNull();
        assertThat(in(ledger, tx -> RecordPartitions.takeOut(tx, later))).isFalse();
    }

    @Test
    void twoReplicasMakeTheMonthsOnce() throws Exception {
        flyway.migrate();
        Ledger ledger = SeededLedger.ledger(source, "default");
        execute("drop table ledger_record_" + month(3) + "; drop table ledger_record_" + month(2));
        assertThat(monthsAreMissing(ledger)).isTrue();
        List<Thread> replicas = new ArrayList<>();
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 4; i++) {
            Thread replica = new Thread(() -> {
                try {
                    assertThat(in(ledger, RecordPartitions::make)).isTrue();
                } catch (Throwable e) {
                    failures.add(e);
                }
            });
            replicas.add(replica);
            replica.start();
        }
        for (Thread replica : replicas) {
            replica.join();
        }
        assertThat(failures).isEmpty();
        assertThat(monthsAreMissing(ledger)).isFalse();
    }

    @Test
    void recordsFromBeforeTheMonthsAreCarriedOver() throws Exception {
        Flyway.configure()
                .configuration(flyway.getConfiguration())
                .target("4")
                .load()
                .migrate();
        execute("insert into realm values ('default', sha256('x'))");
        execute("insert into ledger_entry select 'default', i, 'note', now() - i * interval '20 days', '{}'::bytea"
                + " from generate_series(0, 9) i");
        execute("insert into ledger_record select 'default', i, 's'::bytea, ('f' || i)::bytea, null"
                + " from generate_series(0, 9, 3) i");
        flyway.migrate();
        assertThat(texts("select convert_from(r.facts, 'UTF8') from ledger_record r join ledger_entry e"
                        + " using (realm, position, recorded_at) order by position"))
                .containsExactly("f0", "f3", "f6", "f9");
        assertThat(texts("select distinct tableoid::regclass::text from ledger_record"))
                .hasSize(4)
                .doesNotContain("ledger_record_default");
    }

    private Ledger grown() throws Exception {
        flyway.migrate();
        EarlierDecisions.fill(source, "default", DECISIONS, now.minus(Duration.ofDays(180)), now);
        return SeededLedger.ledger(source, "default");
    }

    /** Of the migration that made the projection: its functions, and the statement that fills it from headers. */
    private static String migrationOfEarlierDecisions() throws IOException {
        Path migration = Path.of("src/main/resources/db/migration/V6__lane_and_search.sql");
        String sql = Files.readString(migration);
        return sql.substring(sql.indexOf("create function pg_temp"), sql.indexOf("alter table decision_summary add"));
    }

    private static boolean monthsAreMissing(Ledger ledger) throws SQLException {
        Instant now = ledger.moment().now();
        return ledger.query(connection -> RecordPartitions.areMissing(connection, now));
    }

    private static String month(int ahead) {
        return java.time.YearMonth.now(java.time.ZoneOffset.UTC)
                .plusMonths(ahead)
                .toString()
                .replace('-', '_');
    }

    private static EntryDraft note() {
        return EntryDraft.of(NOTE, Actor.INSTALLATION);
    }

    private interface Work {
        boolean run(LedgerTransaction tx) throws SQLException;
    }

    private static boolean in(Ledger ledger, Work work) throws SQLException {
        try (LedgerSession session = ledger.open()) {
            LedgerTransaction tx = session.begin(List.of());
            boolean result = work.run(tx);
            tx.commit();
            return result;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> texts(String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            return texts(statement, sql);
        }
    }

    private static List<String> texts(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
