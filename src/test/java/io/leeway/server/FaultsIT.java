package io.leeway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leeway.testing.DecisionClient;
import io.leeway.testing.DecisionClient.Answer;
import io.leeway.testing.DecisionClient.Verdict;
import io.leeway.testing.FaultProxy;
import io.leeway.testing.LedgerAudit;
import io.leeway.testing.PackagedService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A packaged service whose database fails in every way it can. While it does, whoever asks is told within 2 s that there is
 * no verdict; afterwards the service decides again within 5 s without a restart, and the ledger holds exactly what was
 * answered.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsIT {
    private static final boolean FULL = Boolean.getBoolean("leeway.test.full");
    /** Proposals sent in each fault. */
    private static final int REQUESTS = FULL ? 1000 : 24;

    private static final int CLIENTS = FULL ? 50 : 6;
    private static final int UNKNOWN_COMMITS = FULL ? 500 : 50;
    /** A fault lasts at least so long, however fast the refusals come: connections must have time to hang. */
    private static final Duration SHORTEST = Duration.ofMillis(FULL ? 5000 : 2500);

    private static final Duration REFUSED_WITHIN = Duration.ofSeconds(2);
    private static final Duration REPAIRED_WITHIN = Duration.ofSeconds(5);
    private static final Duration PACE = Duration.ofMillis(20);
    private static final int VOLUME_MEGABYTES = FULL ? 512 : 64;
    private static final String NOBODYS_KEY = "leeway_" + "0".repeat(24) + "_" + "A".repeat(43);

    @TempDir
    static Path directory;

    private final ExecutorService clients = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });
    private RestartablePostgres postgres;
    private FaultProxy proxy;
    private PackagedService service;
    private DecisionClient client;
    private String agent;
    private String compliance;
    private boolean smallVolume;
    private Verdict known;
    /** Verdicts that somebody was given, in all tests. */
    private final List<Verdict> verdicts = new ArrayList<>();

    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    @BeforeAll
    void start() throws Exception {
        postgres = RestartablePostgres.create(directory);
        postgres.stop();
        Path volume = Files.createDirectory(directory.resolve("volume"));
        smallVolume = postgres.startWithSmallVolume(volume, VOLUME_MEGABYTES);
        if (smallVolume) {
            postgres.administer(
                    "create tablespace small location '" + volume + "'",
                    "alter database leeway set tablespace small",
                    "grant create on tablespace small to leeway");
        } else {
            postgres.start(Map.of());
        }
        proxy = new FaultProxy(postgres.port());
        service = PackagedService.start(directory, postgres.environment(proxy.port()));
        client = new DecisionClient(service.awaitAddress());
        String admin = Files.readString(directory.resolve("data/admin.key"));
        agent = client.createKey(admin, "agents", "agent");
        compliance = client.createKey(admin, "auditor", "compliance");
        known = client.decide(agent, client.newProposal()).verdict();
    }

    @AfterAll
    void stop() throws Exception {
        clients.shutdownNow();
        try (AutoCloseable first = postgres;
                AutoCloseable second = proxy;
                AutoCloseable third = service) {
            proxy.heal();
        }
    }

    @Test
    void refusesWhileTheDatabaseRefusesConnections() throws Exception {
        withstands("connections refused", proxy::refuse, proxy::heal, false);
    }

    @Test
    void refusesWhileTheNetworkSwallowsEverything() throws Exception {
        withstands("network black hole", proxy::blackHole, proxy::heal, false);
    }

    @Test
    void refusesWhileTheDatabaseIsPaused() throws Exception {
        withstands("database paused", postgres::freeze, postgres::thaw, false);
    }

    @Test
    void refusesWhileTheDatabaseIsReadOnly() throws Exception {
        withstands(
                "database read-only",
                () -> postgres.set("default_transaction_read_only", "on"),
                () -> postgres.set("default_transaction_read_only", "off"),
                true);
    }

    @Test
    void refusesWhileTheDiskIsFull() throws Exception {
        assumeTrue(smallVolume, "this machine lets this user mount no file system of its own in a user namespace");
        withstands("disk full", this::fillTheDisk, () -> execute("drop table filler"), true);
    }

    @Test
    void refusesWhileEveryCommitIsCut() throws Exception {
        withstands(
                "cut at commit",
                () -> proxy.cutCommits(FaultProxy.Cut.WITH_COMMIT, Integer.MAX_VALUE),
                proxy::heal,
                true);
        assertThat(proxy.commitsCut()).isPositive();
    }

    @Test
    void findsTheOneVerdictOfAProposalWhoseCommitWasCut() throws Exception {
        long seed = 20261122;
        Random random = new Random(seed);
        long before = audit().decisions().size();
        int unknown = 0;
        int recorded = 0;
        for (int i = 0; i < UNKNOWN_COMMITS; i++) {
            FaultProxy.Cut cut = FaultProxy.Cut.values()[random.nextInt(FaultProxy.Cut.values().length)];
            String proposal = client.newProposal();
            proxy.cutCommits(cut, 1);
            Answer first = client.decide(agent, proposal);
            assertThat(proxy.commitsCut()).as("seed %d, try %d", seed, i).isEqualTo(1);
            assertThatThereIsNoVerdict(first);
            unknown++;
            recorded += audit(i) > before + i ? 1 : 0;
            Verdict retry = insist(proposal);
            assertThat(client.decide(agent, proposal).verdict()).isEqualTo(retry);
            verdicts.add(retry);
        }
        LedgerAudit audit = audit();
        assertThat(audit.decisions()).as("one entry for each proposal").hasSize((int) before + UNKNOWN_COMMITS);
        audit.assertHolds(verdicts);
        assertThat(recorded).as("some had been recorded, some not").isBetween(1, UNKNOWN_COMMITS - 1);
        System.out.printf(
                "unknown commits: %d cut, of which %d had been recorded; each resolved to one verdict, one entry%n",
                unknown, recorded);
    }

    /** The number of decisions in the ledger; the whole audit only now and then, for it grows. */
    private long audit(int i) throws Exception {
        if (i % 100 == 99) {
            return audit().decisions().size();
        }
        try (Connection connection = postgres.connect();
                var rows = connection
                        .createStatement()
                        .executeQuery("select count(*) from ledger_entry where kind = 'decision'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void withstands(String fault, Step inflict, Step repair, boolean mayRead) throws Exception {
        assertThat(decideOnce()).extracting(Answer::status).containsOnly(200);
        inflict.run();
        long end = System.nanoTime() + SHORTEST.toNanos();
        Future<List<Answer>> reads = clients.submit(() -> readUntil(end));
        List<Answer> refused = new ArrayList<>();
        try {
            all(() -> refuse(end)).forEach(refused::addAll);
        } finally {
            repair.run();
        }
        long repaired = System.nanoTime();
        List<Duration> recovered = all(() -> recover(repaired));
        refused.forEach(FaultsIT::assertThatThereIsNoVerdict);
        long worst = worst(refused);
        long worstRead = worst(reads.get());
        if (!mayRead) {
            assertThat(reads.get()).extracting(Answer::status).containsOnly(503);
        }
        assertThat(recovered).allSatisfy(duration -> assertThat(duration).isLessThan(REPAIRED_WITHIN));
        assertThat(decideOnce()).as(this::lastLines).extracting(Answer::status).containsOnly(200);
        assertThat(readOnce()).as(this::lastLines).extracting(Answer::status).containsExactly(200, 200, 200, 200, 401);
        // Unknown or never recorded: sent again, each gets its one verdict.
        verdicts.addAll(insistOnEach(refused.stream().map(Answer::request).toList()));
        audit().assertHolds(verdicts);
        System.out.printf(
                "%s: %d of %d proposals 503, worst %d ms; %d reads, worst %d ms; decides again %d ms after repair%n",
                fault,
                refused.size(),
                refused.size(),
                worst,
                reads.get().size(),
                worstRead,
                recovered.stream().mapToLong(Duration::toMillis).max().orElseThrow());
        assertThat(worst).as("every proposal was refused in time").isLessThan(REFUSED_WITHIN.toMillis());
        assertThat(worstRead).as("every read was answered in time").isLessThan(REFUSED_WITHIN.toMillis());
    }

    private static void assertThatThereIsNoVerdict(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.text("detail")).contains("There is no verdict: treat the action as human in control.");
        assertThat(answer.text("code")).isEqualTo("LEDGER_UNAVAILABLE");
    }

    private String lastLines() {
        String output = service.output();
        return output.substring(Math.max(0, output.length() - 4000));
    }

    private static long worst(List<Answer> answers) {
        return answers.stream().mapToLong(Answer::millis).max().orElseThrow();
    }

    /** One client's proposals while the fault lasts. */
    private List<Answer> refuse(long end) {
        List<Answer> answers = new ArrayList<>();
        while (answers.size() < REQUESTS / CLIENTS || System.nanoTime() < end) {
            answers.add(client.decide(agent, client.newProposal()));
            LockSupport.parkNanos(PACE.toNanos());
        }
        return answers;
    }

    /** One client after the repair: how long until its next proposal was decided. */
    private Duration recover(long repaired) {
        insist(client.newProposal());
        return Duration.ofNanos(System.nanoTime() - repaired);
    }

    private Verdict insist(String proposal) {
        return client.insist(agent, proposal, REPAIRED_WITHIN.multipliedBy(2));
    }

    private List<Answer> readUntil(long end) {
        List<Answer> answers = new ArrayList<>();
        while (System.nanoTime() < end) {
            answers.addAll(readOnce());
        }
        return answers;
    }

    /** One of each way to read, at once; the last by somebody whom only the database could know. */
    private List<Answer> readOnce() {
        String id = known.decisionId();
        List<CompletableFuture<Answer>> asked = List.of(
                get("/v1/decisions/" + id, agent),
                get("/v1/decisions?limit=5", agent),
                get("/v1/stops", compliance),
                get("/v1/keys", compliance),
                get("/v1/stops", NOBODYS_KEY));
        return asked.stream().map(CompletableFuture::join).toList();
    }

    private CompletableFuture<Answer> get(String path, String key) {
        return CompletableFuture.supplyAsync(() -> client.get(path, key), clients);
    }

    private List<Answer> decideOnce() throws Exception {
        return all(() -> client.decide(agent, client.newProposal()));
    }

    private List<Verdict> insistOnEach(List<String> proposals) throws Exception {
        Queue<String> left = new ConcurrentLinkedQueue<>(proposals);
        List<List<Verdict>> each = all(() -> {
            List<Verdict> done = new ArrayList<>();
            for (String proposal = left.poll(); proposal != null; proposal = left.poll()) {
                done.add(insist(proposal));
            }
            return done;
        });
        return each.stream().flatMap(List::stream).toList();
    }

    /** Every client does it at once. */
    private <T> List<T> all(Callable<T> task) throws Exception {
        List<Future<T>> started = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            started.add(clients.submit(task));
        }
        List<T> done = new ArrayList<>();
        for (Future<T> one : started) {
            done.add(one.get());
        }
        return done;
    }

    private LedgerAudit audit() throws Exception {
        try (Connection connection = postgres.connect()) {
            return LedgerAudit.of(connection);
        }
    }

    /** Takes what is left, down to the last page, then what the service has left over in its own. */
    private void fillTheDisk() throws Exception {
        execute("create table filler (bytes text)");
        execute("alter table filler alter column bytes set storage plain");
        for (int rows = 4096; rows >= 1; ) {
            try {
                execute("insert into filler select repeat('x', 7000) from generate_series(1, " + rows + ")");
            } catch (SQLException e) {
                assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("53100");
                rows /= 4;
            }
        }
        for (int i = 0; i < 100 && client.decide(agent, client.newProposal()).status() == 200; i++) {
            // The last free lines of the ledger's own pages.
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = postgres.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
