package io.leeway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.testing.DecisionClient;
import io.leeway.testing.DecisionClient.Verdict;
import io.leeway.testing.DecisionLoad;
import io.leeway.testing.LedgerAudit;
import io.leeway.testing.PackagedService;
import io.leeway.testing.Protection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service, or all of PostgreSQL, is killed in mid-load, again and again: no acknowledged decision is lost, none gets a
 * second verdict, and the tree is whole. A service that answers before it commits does not pass.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashIT {
    private static final boolean FULL = Boolean.getBoolean("leeway.test.full");
    private static final int SERVICE_KILLS = FULL ? 100 : 2;
    private static final int DATABASE_KILLS = FULL ? 30 : 1;
    private static final int TRIES = 20;
    private static final int CLIENTS = 8;
    private static final long SEED = 20261122;
    private static final Duration AGAIN_WITHIN = Duration.ofSeconds(5);

    @TempDir
    static Path directory;

    private final Random random = new Random(SEED);
    private RestartablePostgres postgres;
    private PackagedService service;
    private DecisionClient client;
    private String agent;
    /** Of the present test. */
    private final List<Verdict> verdicts = new ArrayList<>();

    private int decisionsBefore;

    @BeforeAll
    void start() throws Exception {
        postgres = RestartablePostgres.create(directory);
        service = PackagedService.start(directory, postgres.environment(postgres.port()));
        client = new DecisionClient(service.awaitAddress());
        agent = client.createKey(Files.readString(directory.resolve("data/admin.key")), "agents", "agent");
    }

    @BeforeEach
    void begin() throws Exception {
        verdicts.clear();
        decisionsBefore = audit().decisions().size();
    }

    @AfterAll
    void stop() throws Exception {
        try (AutoCloseable first = postgres;
                AutoCloseable second = service) {
            assertThat(postgres).isNotNull();
        }
    }

    @Test
    void losesNothingWhenTheServiceIsKilled() throws Exception {
        int open = 0;
        for (int kill = 0; kill < SERVICE_KILLS; kill++) {
            DecisionLoad load = DecisionLoad.start(client, agent, CLIENTS);
            load.awaitVerdicts(50 + random.nextInt(FULL ? 1000 : 200));
            service.kill();
            load.stop();
            open += load.open();
            startService();
            verdicts.addAll(load.settle());
        }
        assertThatAllIsThere();
        System.out.printf(
                "service killed %d times (seed %d): 0 of %d decisions lost, %d without an answer got one verdict each%n",
                SERVICE_KILLS, SEED, verdicts.size(), open);
    }

    @Test
    void losesNothingWhenTheDatabaseIsKilled() throws Exception {
        int open = 0;
        List<Long> recoveries = new ArrayList<>();
        for (int kill = 0; kill < DATABASE_KILLS; kill++) {
            DecisionLoad load = DecisionLoad.start(client, agent, CLIENTS);
            load.awaitVerdicts(50 + random.nextInt(FULL ? 1000 : 200));
            postgres.kill();
            postgres.start(Map.of());
            long up = System.nanoTime();
            load.awaitVerdicts(1);
            recoveries.add(Duration.ofNanos(System.nanoTime() - up).toMillis());
            load.awaitVerdicts(CLIENTS);
            load.stop();
            open += load.open();
            verdicts.addAll(load.settle());
        }
        assertThatAllIsThere();
        System.out.printf(
                "PostgreSQL killed %d times (seed %d): 0 of %d decisions lost, %d without a verdict got one each;"
                        + " decides again at most %d ms after PostgreSQL accepts connections%n",
                DATABASE_KILLS,
                SEED,
                verdicts.size(),
                open,
                recoveries.stream().mapToLong(Long::longValue).max().orElseThrow());
        assertThat(recoveries).allSatisfy(millis -> assertThat(millis).isLessThan(AGAIN_WITHIN.toMillis()));
    }

    @Test
    void noticesAServiceThatAnswersBeforeItCommits() throws Exception {
        int tries = 0;
        boolean lost = false;
        while (!lost && tries < TRIES) {
            tries++;
            service.stop();
            service = PackagedService.startWithout(
                    Protection.ANSWER_AFTER_COMMIT, directory, postgres.environment(postgres.port()));
            client.moveTo(service.awaitAddress());
            DecisionLoad load = DecisionLoad.start(client, agent, CLIENTS);
            load.awaitVerdicts(50 + random.nextInt(200));
            service.kill();
            load.stop();
            verdicts.addAll(load.acknowledged());
            lost = !audit().decisions()
                    .keySet()
                    .containsAll(verdicts.stream().map(Verdict::decisionId).toList());
        }
        startService();
        assertThatThrownBy(this::assertThatAllIsThere)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("place of the acknowledged decision");
        System.out.printf("answering before the commit (seed %d): a decision lost after %d kill(s)%n", SEED, tries);
    }

    private void startService() throws Exception {
        service = PackagedService.start(directory, postgres.environment(postgres.port()));
        client.moveTo(service.awaitAddress());
    }

    private void assertThatAllIsThere() throws Exception {
        LedgerAudit audit = audit();
        audit.assertHolds(verdicts);
        assertThat(verdicts).extracting(Verdict::decisionId).doesNotHaveDuplicates();
        assertThat(audit.decisions()).as("no entry but those").hasSize(decisionsBefore + verdicts.size());
    }

    private LedgerAudit audit() throws Exception {
        try (Connection connection = postgres.connect()) {
            return LedgerAudit.of(connection);
        }
    }
}
