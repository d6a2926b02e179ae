package io.leeway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.testing.DecisionClient;
import io.leeway.testing.PackagedService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changes in a followed directory comes into force by itself only where it is proven that nobody gets more leeway. */
class FollowedDirectoryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** More than is gathered while the head row is held. */
    private static final int EARLIER = 520;

    /** Nothing comes to be gathered as long as it is there. */
    private static final String HINDRANCE = """
            create function hinder() returns trigger language plpgsql as $$ begin raise exception 'hindered'; end $$;
            create trigger hindrance before update on ledger_cursor
              for each row when (new.name like 'activity %') execute function hinder();
            """;

    @TempDir
    Path directory;

    @Test
    void aTighterChangeComesIntoForceAndALooserOneWaitsForPeople() throws Exception {
        Path policy = Files.createDirectory(directory.toRealPath().resolve("policy"));
        write(policy, 500);
        Map<String, String> settings =
                Map.of("LEEWAY_POLICY_DIRECTORY", policy.toString(), "LEEWAY_POLICY_FOLLOW", "activate");
        try (PackagedService service = PackagedService.start(directory, settings)) {
            DecisionClient client = new DecisionClient(service.awaitAddress());
            String key =
                    client.createKey(Files.readString(directory.resolve("data/admin.key")), "bob", "policy-approver");
            String first = newest(client, key, "ACTIVE").get("version").asText();

            write(policy, 400);
            await().atMost(PATIENCE)
                    .until(() -> !newest(client, key, "ACTIVE")
                            .get("version")
                            .asText()
                            .equals(first));
            JsonNode second = newest(client, key, "ACTIVE");
            assertThat(second.get("meaning").asText()).isEqualTo("TIGHTER");
            assertThat(second.get("author").asText()).isEqualTo("installation");
            assertThat(second.get("base").asText()).isEqualTo(first);

            write(policy, 600);
            await().atMost(PATIENCE).until(() -> newest(client, key, "CANDIDATE") != null);
            assertThat(newest(client, key, "CANDIDATE").get("meaning").asText()).isEqualTo("LOOSER");
            await().atMost(PATIENCE).until(() -> service.output().contains("needs people to approve it"));
            assertThat(newest(client, key, "ACTIVE").get("version")).isEqualTo(second.get("version"));
        }
    }

    /** What a version asks of recent activity is gathered before it comes into force; until then the one before it decides. */
    @Test
    void aVersionThatLooksBackWaitsUntilThatIsGathered() throws Exception {
        Path policy = Files.createDirectory(directory.toRealPath().resolve("policy"));
        write(policy, 500);
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory.resolve("database"));
                Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
                PackagedService service = PackagedService.start(directory, onDatabase(database, policy))) {
            DecisionClient client = new DecisionClient(service.awaitAddress());
            String admin = Files.readString(directory.resolve("data/admin.key"));
            String agent = client.createKey(admin, "agents", "agent");
            String reader = client.createKey(admin, "bob", "policy-approver");
            String first = newest(client, reader, "ACTIVE").get("version").asText();
            IntStream.range(0, EARLIER)
                    .parallel()
                    .forEach(i -> client.insist(agent, client.newProposal(), Duration.ofSeconds(20)));

            execute(connection, HINDRANCE);
            lookBack(policy);
            await().atMost(PATIENCE)
                    .until(() -> health(client).at("/data/waiting-for").isTextual());
            assertThat(health(client).at("/data/waiting-for").asText())
                    .contains("recent activity that is still being gathered", "0 % so far");
            assertThat(newest(client, reader, "ACTIVE").get("version").asText()).isEqualTo(first);
            assertThat(service.output()).contains("version " + first + " stays in force");
            assertThat(client.decide(agent, client.newProposal()).status()).isEqualTo(200);

            execute(connection, "drop trigger hindrance on ledger_cursor");
            String second = health(client).at("/data/waiting").asText();
            await().atMost(PATIENCE)
                    .until(() -> newest(client, reader, "ACTIVE")
                            .get("version")
                            .asText()
                            .equals(second));
            assertThat(client.decide(agent, client.newProposal())
                            .body()
                            .at("/policy/version")
                            .asText())
                    .isEqualTo(second);
            assertThat(health(client).at("/data/waiting").isMissingNode()).isTrue();
        }
    }

    private static Map<String, String> onDatabase(EmbeddedDatabase database, Path policy) {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl(),
                "QUARKUS_DATASOURCE_USERNAME", database.username(),
                "QUARKUS_DATASOURCE_PASSWORD", database.password(),
                "LEEWAY_POLICY_DIRECTORY", policy.toString(),
                "LEEWAY_POLICY_FOLLOW", "activate");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The check that tells which version is in force. */
    private static JsonNode health(DecisionClient client) {
        JsonNode checks = client.get("/q/health/ready", "").body().get("checks");
        return StreamSupport.stream(checks.spliterator(), false)
                .filter(check -> check.get("name").asText().equals("policy"))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode newest(DecisionClient client, String key, String state) {
        JsonNode versions = await().atMost(PATIENCE)
                .until(() -> client.get("/v1/policies", key), answer -> answer.status() == 200)
                .body();
        return StreamSupport.stream(versions.get("items").spliterator(), false)
                .filter(version -> version.get("state").asText().equals(state))
                .findFirst()
                .orElse(null);
    }

    private static void write(Path policy, int limit) throws Exception {
        Files.writeString(policy.resolve("remit.csv"), """
                Payments
                Owner,owner@example.com
                May act,Payments
                Id,Action,Currency,Amount up to,Mode,Because
                PAY-01,pay,USD,%d,Autonomous,Small ones.
                """.formatted(limit));
        Files.writeString(policy.resolve("tests.csv"), """
                Tests
                Id,action.type,action.currency,action.amount,action.confidence,expect.mode
                T-1,pay,USD,100,0.99,Autonomous
                """);
    }

    /** Adds a safeguard, which makes it tighter. */
    private static void lookBack(Path policy) throws Exception {
        Files.writeString(policy.resolve("rates.csv"), """
                RuleSet,leeway.rates
                Import,io.leeway.model.Proposal
                Variables,io.leeway.policy.VerdictBuilder verdict
                Owner,owner@example.com
                ,
                RuleTable Rates
                NAME,CONDITION,CONDITION,ACTION,ACTION
                ,$p : Proposal...,$p : Proposal...,,
                ,"action.type == ""$param""\","activity.count(""agent"", ""P1D"") > $param","verdict.require(""$param"");","verdict.because(""$param"");"
                Id,Action,More than,Mode,Because
                RATE-1,pay,50,Human in the loop,Often.
                """);
        Files.writeString(policy.resolve("tests.csv"), """
                Tests
                Id,action.type,action.currency,action.amount,action.confidence,"activity.count(""agent"", ""P1D"")",expect.mode
                T-1,pay,USD,100,0.99,1,Autonomous
                T-2,pay,USD,100,0.99,99,Human in the loop
                """);
    }
}
