package io.leeway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leeway.server.EmbeddedDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Several packaged services on one database, with one realm, and the keys to talk to them. Each set of replicas has a realm
 * of its own, so that the sets of a run share one PostgreSQL and nothing else: Leeway's own embedded one, in a directory that
 * is deleted when the run ends.
 */
public final class Replicas implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger SETS = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PORTION = 1000;

    private static Replicas three;
    private static final List<Replicas> OPEN = new CopyOnWriteArrayList<>();

    /** Text by name of the file; none for the shipped one. */
    private final Map<String, String> policy;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String realm = "set-" + SETS.incrementAndGet();
    /** In the order in which they came up; {@link #services} are in that of their numbers. */
    private final List<PackagedService> started = new CopyOnWriteArrayList<>();

    private final List<PackagedService> services = new ArrayList<>();
    private final List<URI> addresses = new ArrayList<>();
    private String admin;

    /** Proposes, for any agent. */
    public String agentKey;
    /** Two people who may stop and release. */
    public List<String> operatorKeys;

    private Replicas(int count, Protection without, Map<String, String> policy)
            throws IOException, InterruptedException {
        this.policy = policy;
        OPEN.add(this);
        try {
            startServices(count, without);
            admin = firstAdminKey(count);
            agentKey = key("agents", "agent");
            operatorKeys = List.of(key("olga", "operator"), key("omar", "operator"));
            stage(0, SmallSelection.AGENT, "LIMITED");
            for (int i = 0; i < count; i++) {
                warm(i);
            }
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** All at once, as they would be after a power cut. */
    private void startServices(int count, Protection without) throws IOException {
        List<CompletableFuture<PackagedService>> starting = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path home = Files.createDirectories(ReplicaDatabase.shared().home().resolve(realm + "/" + i));
            Map<String, String> environment = environment(i);
            if (!policy.isEmpty()) {
                environment.put("LEEWAY_POLICY_DIRECTORY", policyDirectory(home).toString());
            }
            starting.add(CompletableFuture.supplyAsync(() -> {
                PackagedService service = started(home, environment, without);
                started.add(service);
                return service;
            }));
        }
        // Every one of them has either started or failed before anything is closed.
        CompletableFuture.allOf(starting.toArray(CompletableFuture<?>[]::new)).join();
        for (CompletableFuture<PackagedService> one : starting) {
            services.add(one.join());
            addresses.add(one.join().awaitAddress());
        }
    }

    private Path policyDirectory(Path home) throws IOException {
        Path directory = Files.createDirectories(home.resolve("policy"));
        for (Map.Entry<String, String> file : policy.entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
        }
        return directory;
    }

    public static Replicas start(int count) throws IOException, InterruptedException {
        return new Replicas(count, null, Map.of());
    }

    /** Every one of them without that protection. */
    public static Replicas startWithout(Protection protection, int count) throws IOException, InterruptedException {
        return new Replicas(count, protection, Map.of());
    }

    /**
     * On a policy of its own, which has to leave {@link SmallSelection} to the agent.
     *
     * @param without null for all protections
     * @param policy text by name of the file
     */
    public static Replicas startOn(Map<String, String> policy, int count, Protection without)
            throws IOException, InterruptedException {
        return new Replicas(count, without, policy);
    }

    /** Three that are there for the whole run. */
    public static synchronized Replicas three() throws IOException, InterruptedException {
        if (three == null) {
            three = start(3);
        }
        return three;
    }

    public int count() {
        return services.size();
    }

    public PackagedService service(int replica) {
        return services.get(replica);
    }

    public URI address(int replica) {
        return addresses.get(replica);
    }

    /** Sends and waits. */
    public Answer send(int replica, String method, String path, String key, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> response =
                client.send(request(replica, method, path, key, body).build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    /** Proposes a policy version: a form with the files, text by name. */
    public Answer proposePolicy(int replica, String key, Map<String, String> files, String message)
            throws IOException, InterruptedException {
        FileForm form = new FileForm(files, Map.of("message", message));
        HttpRequest request = request(replica, "POST", "/v1/policies", key, form.body())
                .setHeader("Content-Type", form.contentType())
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    public Answer post(int replica, String path, String key, String body) throws IOException, InterruptedException {
        return send(replica, "POST", path, key, body);
    }

    public CompletableFuture<Answer> postLater(int replica, String path, String key, String body) {
        return client.sendAsync(request(replica, "POST", path, key, body).build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> new Answer(response.statusCode(), response.body()));
    }

    /** Makes a key at the first replica; the secret. */
    public String key(String name, String role) throws IOException, InterruptedException {
        return makeKey(name, role).json().get("key").asText();
    }

    public Answer makeKey(String name, String role) throws IOException, InterruptedException {
        Answer made = post(0, "/v1/keys", admin, "{\"name\":\"" + name + "\",\"roles\":[\"" + role + "\"]}");
        if (made.status() != 201) {
            throw new IOException("no key: " + made);
        }
        return made;
    }

    public Answer revokeKey(int replica, String id) throws IOException, InterruptedException {
        return send(replica, "DELETE", "/v1/keys/" + id, admin, "");
    }

    /** How far the agent has come with carrier selections. */
    public void stage(int replica, String agent, String stage) throws IOException, InterruptedException {
        Answer set = send(
                replica,
                "PUT",
                "/v1/stages/" + agent + "/" + SmallSelection.TYPE,
                operatorKeys.get(0),
                "{\"stage\":\"" + stage + "\",\"reason\":\"for the test\"}");
        if (set.status() != 200 && set.status() != 201) {
            throw new IOException("no stage: " + set);
        }
    }

    /** What all of them printed. */
    public String output() {
        return services.stream().map(PackagedService::output).collect(Collectors.joining("\n"));
    }

    /** Proposes and waits. */
    public Answer propose(int replica, SmallSelection proposal) throws IOException, InterruptedException {
        return post(replica, "/v1/decisions", agentKey, proposal.json());
    }

    /** @param scope {@code "kind":"agent","value":"…"} */
    public Answer stop(int replica, String scope) throws IOException, InterruptedException {
        return post(
                replica, "/v1/stops", operatorKeys.get(0), "{\"scope\":{" + scope + "},\"reason\":\"for the test\"}");
    }

    /** One person at one replica, another one at another. */
    public void release(int first, int second, String id) throws IOException, InterruptedException {
        String path = "/v1/stops/" + id + "/release";
        Answer noted = post(first, path, operatorKeys.get(0), "{\"reason\":\"over\"}");
        Answer released = post(second, path, operatorKeys.get(1), "{\"reason\":\"over\"}");
        if (noted.status() != 202 || released.status() != 200) {
            throw new IOException("not released: " + noted + " " + released);
        }
    }

    /** How many entries the realm has. */
    public long size() throws SQLException {
        try (Connection connection = ReplicaDatabase.shared().connect();
                PreparedStatement select =
                        connection.prepareStatement("select size from ledger_head where realm = ?")) {
            select.setString(1, realm);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** How many series of recent activity the realm keeps. */
    public long keptSeries() throws SQLException {
        try (Connection connection = ReplicaDatabase.shared().connect();
                PreparedStatement select =
                        connection.prepareStatement("select count(*) from activity_series where realm = ?")) {
            select.setString(1, realm);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** The realm's entries from that position on: their headers. */
    public List<JsonNode> headers(long from) throws SQLException, IOException {
        List<JsonNode> headers = new ArrayList<>();
        readHeaders(from, headers::add);
        return headers;
    }

    /** The same one by one, as there may be more than fit into memory. */
    public void readHeaders(long from, Consumer<JsonNode> reader) throws SQLException, IOException {
        try (Connection connection = ReplicaDatabase.shared().connect();
                PreparedStatement select = connection.prepareStatement(
                        "select header from ledger_entry where realm = ? and position >= ? order by position")) {
            connection.setAutoCommit(false);
            select.setFetchSize(PORTION);
            select.setString(1, realm);
            select.setLong(2, from);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    reader.accept(JSON.readTree(rows.getBytes(1)));
                }
            }
        }
    }

    /** The realm's entries with their facts, null where there are none, one by one and in order. */
    public void readEntries(BiConsumer<JsonNode, JsonNode> reader) throws SQLException, IOException {
        try (Connection connection = ReplicaDatabase.shared().connect();
                PreparedStatement select = connection.prepareStatement(
                        "select e.header, r.facts from ledger_entry e left join ledger_record r using (realm, position)"
                                + " where e.realm = ? order by e.position")) {
            connection.setAutoCommit(false);
            select.setFetchSize(PORTION);
            select.setString(1, realm);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    byte[] facts = rows.getBytes(2);
                    reader.accept(JSON.readTree(rows.getBytes(1)), facts == null ? null : JSON.readTree(facts));
                }
            }
        }
    }

    /**
     * Freezes the replica while it is inside a transaction, so that it holds the head row. Call under load.
     *
     * @return how often it was frozen until it was caught there
     */
    public int freezeHoldingTheHead(int replica) throws Exception {
        try (Connection connection = ReplicaDatabase.shared().connect();
                PreparedStatement select = connection.prepareStatement(
                        "select 1 from pg_stat_activity where application_name = ? and state = 'idle in transaction'")) {
            select.setString(1, name(replica));
            for (int tries = 1; tries <= 200; tries++) {
                service(replica).signal("STOP");
                // What it had sent just before is done by then; the database ends it 300 ms after its last word.
                Thread.sleep(10);
                try (ResultSet rows = select.executeQuery()) {
                    if (rows.next()) {
                        return tries;
                    }
                }
                service(replica).signal("CONT");
                Thread.sleep(3);
            }
        }
        throw new AssertionError("never caught in a transaction");
    }

    /** Those of the run that are still open. */
    static void closeAll() {
        OPEN.forEach(Replicas::close);
    }

    /** Ends all of them, whatever one of them does. */
    @Override
    public void close() {
        OPEN.remove(this);
        AssertionError failed = null;
        for (PackagedService service : started) {
            try {
                service.close();
            } catch (InterruptedException | RuntimeException | Error e) {
                failed = new AssertionError("a service did not stop", e);
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    /** What came back. */
    public record Answer(int status, String body) {
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError(body, e);
            }
        }

        public boolean isAutonomous() {
            return status == 200 && body.contains("\"mode\":\"AUTONOMOUS\"") && body.contains("\"PROCEED\"");
        }
    }

    /** The first evaluations of a process may miss their deadline on a machine that does other things. */
    private void warm(int replica) throws IOException, InterruptedException {
        int inARow = 0;
        for (int tries = 0; inARow < 10; tries++) {
            Answer answer = propose(replica, SmallSelection.next());
            inARow = answer.isAutonomous() ? inARow + 1 : 0;
            if (tries == 300) {
                throw new IOException("replica " + replica + " does not get warm: " + answer);
            }
        }
    }

    private String name(int replica) {
        return realm + "-" + replica;
    }

    private Map<String, String> environment(int replica) {
        Map<String, String> environment = new HashMap<>();
        EmbeddedDatabase database = ReplicaDatabase.shared().embedded();
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", database.jdbcUrl() + "?ApplicationName=" + name(replica));
        environment.put("QUARKUS_DATASOURCE_USERNAME", database.username());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", database.password());
        environment.put("LEEWAY_LEDGER_REALM", realm);
        return environment;
    }

    private static PackagedService started(Path home, Map<String, String> environment, Protection without) {
        try {
            return without == null
                    ? PackagedService.start(home, environment)
                    : PackagedService.startWithout(without, home, environment);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** One of them made it, whichever came first. */
    private String firstAdminKey(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Path file = ReplicaDatabase.shared().home().resolve(realm + "/" + i + "/data/admin.key");
            if (Files.exists(file)) {
                return Files.readString(file);
            }
        }
        throw new IOException("no replica has left an admin key");
    }

    private HttpRequest.Builder request(int replica, String method, String path, String key, String body) {
        return HttpRequest.newBuilder(addresses.get(replica).resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
    }
}
