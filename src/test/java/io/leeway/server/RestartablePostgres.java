package io.leeway.server;

import static org.awaitility.Awaitility.await;

import io.leeway.testing.Ports;
import io.leeway.testing.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A PostgreSQL server that keeps its data and its port while it is stopped, killed, frozen and started again. The programs
 * are those that ship with the service; the service's own role is no superuser, as in an installation.
 */
public final class RestartablePostgres implements AutoCloseable {
    /** The service's role, its password and its database. */
    public static final String ROLE = "leeway";

    private static final String SUPERUSER = "postgres";
    private static final String PASSWORD = "only-for-tests";
    /** No background work that a test did not ask for. */
    private static final Map<String, String> QUIET = Map.of(
            "listen_addresses", "127.0.0.1",
            "unix_socket_directories", "",
            "shared_buffers", "64MB",
            "autovacuum", "off",
            "checkpoint_timeout", "15min",
            "timezone", "UTC",
            "jit", "off");

    private final Path programs;
    private final Path cluster;
    private final Path log;
    private final int port;
    private PostgresServer server;
    private List<Long> family = List.of();

    private RestartablePostgres(Path home) throws IOException {
        this.programs = PostgresBinaries.unpack(home);
        this.cluster = home.resolve("cluster");
        this.log = home.resolve("server.log");
        this.server = new PostgresServer(programs, cluster, log);
        this.port = Ports.free();
    }

    /** Makes the cluster, with the service's empty database, and starts it. */
    public static RestartablePostgres create(Path directory) throws IOException, SQLException {
        Path home = Files.createDirectories(directory.resolve("postgres")).toRealPath();
        RestartablePostgres postgres = new RestartablePostgres(home);
        Path password = Files.writeString(home.resolve("password"), PASSWORD + "\n");
        postgres.server.initialise(password);
        postgres.start(Map.of());
        try (Connection connection = postgres.connect(SUPERUSER);
                Statement statement = connection.createStatement()) {
            statement.execute("create role " + ROLE + " login password '" + PASSWORD + "'");
            statement.execute("create database " + ROLE + " owner " + ROLE);
        }
        return postgres;
    }

    /** Starts it, crash recovery included. The settings win over every file. */
    public void start(Map<String, String> settings) throws IOException {
        Map<String, String> all = new HashMap<>(QUIET);
        all.putAll(settings);
        // After a kill the system may take a while to forget the processes; PostgreSQL would take one for another
        // server.
        server.stopOrphan();
        Optional<String> failure = server.start(port, all);
        if (failure.isPresent()) {
            throw new IOException("PostgreSQL did not start: " + failure.get());
        }
    }

    /**
     * Starts it so that {@code directory} is a file system of its own of that size, which it alone sees.
     *
     * @return false when this machine does not let this user mount one
     */
    public boolean startWithSmallVolume(Path directory, int megabytes) throws IOException, InterruptedException {
        String mount = "mount -t tmpfs -o mode=0700,size=" + megabytes + "m tmpfs '" + directory + "'";
        List<String> prefix = List.of("unshare", "-Urm", "sh", "-c", mount + " && exec unshare -U \"$@\"", "small");
        List<String> trial = new ArrayList<>(prefix);
        trial.add("true");
        if (new ProcessBuilder(trial).inheritIO().start().waitFor() != 0) {
            return false;
        }
        server = new PostgresServer(programs, cluster, log, prefix);
        start(Map.of());
        server = new PostgresServer(programs, cluster, log);
        return true;
    }

    /** Stops it in order. */
    public void stop() throws IOException {
        server.stop();
    }

    /** Ends every process of it at once, as the machine's end would, but for what is in the operating system's memory. */
    public void kill() throws IOException, InterruptedException {
        List<Long> all = Signals.family(postmaster());
        Signals.send("KILL", all);
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> all.stream().noneMatch(Signals::isAlive));
    }

    /** Pauses every process of it. */
    public void freeze() throws IOException, InterruptedException {
        family = Signals.family(postmaster());
        Signals.send("STOP", family);
    }

    /** Lets them go on. */
    public void thaw() throws IOException, InterruptedException {
        Signals.send("CONT", family);
        family = List.of();
    }

    /** The process that all others come from. */
    public long postmaster() throws IOException {
        return Long.parseLong(
                Files.readAllLines(cluster.resolve("postmaster.pid")).get(0).strip());
    }

    /** Runs statements as the superuser, each on its own. */
    public void administer(String... statements) throws SQLException {
        try (Connection connection = connect(SUPERUSER);
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    /**
     * Changes a setting of the running server, for every session. The postmaster tells its sessions before it starts another
     * one, so when a new session has the value, all have been told.
     */
    public void set(String setting, String value) throws SQLException {
        administer("alter system set " + setting + " = '" + value + "'", "select pg_reload_conf()");
        await().atMost(Duration.ofSeconds(10))
                .pollDelay(Duration.ZERO)
                .until(() -> show(setting).equals(value));
    }

    private String show(String setting) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet shown = statement.executeQuery("show " + setting)) {
            shown.next();
            return shown.getString(1);
        }
    }

    /** A connection as the service's role, past any proxy. */
    public Connection connect() throws SQLException {
        return connect(ROLE);
    }

    /** Environment of a service that uses it by that port. */
    public Map<String, String> environment(int by) {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:" + by + "/" + ROLE,
                "QUARKUS_DATASOURCE_USERNAME", ROLE,
                "QUARKUS_DATASOURCE_PASSWORD", PASSWORD);
    }

    /** Where it listens on 127.0.0.1. */
    public int port() {
        return port;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        thaw();
        if (Files.exists(cluster.resolve("postmaster.pid"))) {
            server.stop();
        }
    }

    private Connection connect(String role) throws SQLException {
        String database = role.equals(SUPERUSER) ? SUPERUSER : ROLE;
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, role, PASSWORD);
    }
}
