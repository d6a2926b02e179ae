package io.leeway.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.postgresql.Driver;

/**
 * A real PostgreSQL for evaluation and small installations, kept under {@code <data directory>/postgres}.
 *
 * <p>What it holds survives restarts and power loss: the durable settings are given on the server's command line, where
 * no configuration file wins over them, and are read back before anyone may use the database. It listens on 127.0.0.1 at
 * a port picked at start, asks for passwords, and the service's own role is no superuser. One process at a time: the
 * directory is locked until {@link #close()}.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    /** Given to the server, and demanded back by {@code SHOW}. */
    static final Map<String, String> DURABLE = Map.of(
            "fsync", "on", "synchronous_commit", "on", "full_page_writes", "on", "listen_addresses", "127.0.0.1");

    /**
     * The buffers hold the indexes whose keys come in no order, of some ten million decisions. Checkpoints are far apart, since
     * after each the first change of a page puts the whole page into the log.
     */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("shared_buffers", "512MB"),
            Map.entry("max_wal_size", "4GB"),
            Map.entry("checkpoint_timeout", "30min"),
            Map.entry("max_connections", "60"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"),
            Map.entry("log_checkpoints", "off"),
            Map.entry("jit", "off"));

    private static final String ROLE = "leeway";
    private static final int PORT_ATTEMPTS = 3;

    private final DirectoryLock lock;
    private final PostgresServer server;
    private final PostgresPasswords passwords;
    private final int port;

    private EmbeddedDatabase(DirectoryLock lock, PostgresServer server, PostgresPasswords passwords, int port) {
        this.lock = lock;
        this.server = server;
        this.passwords = passwords;
        this.port = port;
    }

    /**
     * Starts the database, making it at the first start.
     *
     * @param dataDirectory made if missing, readable by its owner alone
     * @throws StartupException if it cannot start, is in use, or would not be durable; says what to do
     */
    public static EmbeddedDatabase open(Path dataDirectory) {
        Path home = dataDirectory.toAbsolutePath().normalize().resolve("postgres");
        DirectoryLock lock = null;
        try {
            createPrivateDirectory(home);
            home = home.toRealPath();
            lock = DirectoryLock.take(home);
            EmbeddedDatabase database = start(home, lock);
            lock = null;
            return database;
        } catch (IOException e) {
            throw new StartupException("the embedded database in `" + home + "` cannot start: " + describe(e), e);
        } finally {
            if (lock != null) {
                lock.close();
            }
        }
    }

    /** Where the service connects to; role {@code leeway}, not a superuser. */
    public String jdbcUrl() {
        return jdbcUrl(port, ROLE);
    }

    /** The service's role. */
    public String username() {
        return ROLE;
    }

    /** The password of the service's role. */
    public String password() {
        return passwords.application();
    }

    /** Stops the server: sessions are cut, everything is written, the directory is free again. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new StartupException("the embedded database did not stop: " + describe(e), e);
        } finally {
            lock.close();
        }
    }

    private static EmbeddedDatabase start(Path home, DirectoryLock lock) throws IOException {
        Path cluster = home.resolve("data");
        Path pgpass = home.resolve("pgpass");
        checkVersion(cluster);
        Path programs = PostgresBinaries.unpack(home);
        PostgresServer server = new PostgresServer(programs, cluster, home.resolve("server.log"));
        if (Files.exists(cluster)) {
            server.stopOrphan();
        } else {
            create(home, programs);
        }
        PostgresBinaries.deleteOthers(home, programs);
        if (!Files.exists(pgpass)) {
            throw new StartupException(
                    "`" + pgpass + "` is gone, and with it the passwords of the database beside it; restore"
                            + " the file from a backup");
        }
        PostgresPasswords passwords = PostgresPasswords.read(pgpass);
        int port = startOnFreePort(server, cluster);
        EmbeddedDatabase database = new EmbeddedDatabase(lock, server, passwords, port);
        try {
            database.createRole();
            database.demandDurability();
        } catch (SQLException | RuntimeException e) {
            server.stop();
            throw e instanceof StartupException refused
                    ? refused
                    : new StartupException(
                            "the embedded database in `" + cluster + "` refuses its own role: " + describe(e), e);
        }
        return database;
    }

    /** Made aside and moved into place, so that a directory named {@code data} is always whole. */
    private static void create(Path home, Path programs) throws IOException {
        Path aside = home.resolve("data.new");
        PostgresBinaries.deleteTree(aside);
        PostgresPasswords passwords = PostgresPasswords.generate();
        passwords.write(home.resolve("pgpass"));
        Path once = home.resolve("initdb.password");
        PostgresPasswords.writeSecret(once, passwords.superuser() + "\n");
        new PostgresServer(programs, aside, home.resolve("server.log")).initialise(once);
        Files.delete(once);
        Files.writeString(aside.resolve("pg_hba.conf"), """
                # Loopback and passwords only. The service is `leeway`; `postgres` is for operators.
                host  leeway  leeway    127.0.0.1/32  scram-sha-256
                host  all     postgres  127.0.0.1/32  scram-sha-256
                """);
        Files.move(aside, home.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void checkVersion(Path cluster) throws IOException {
        Path file = cluster.resolve("PG_VERSION");
        if (!Files.exists(cluster)) {
            return;
        }
        if (!Files.isReadable(file)) {
            throw new StartupException("`" + cluster + "` is not a PostgreSQL data directory that `"
                    + System.getProperty("user.name") + "` can read; it belongs to `"
                    + Files.getOwner(cluster).getName() + "`");
        }
        String version = Files.readString(file).strip();
        if (!version.equals(Integer.toString(PostgresBinaries.MAJOR_VERSION))) {
            throw new StartupException(
                    "`" + cluster + "` was written by PostgreSQL " + version + ", this release brings "
                            + PostgresBinaries.MAJOR_VERSION
                            + "; dump it with the release that wrote it and load the dump into a new"
                            + " data directory, or run PostgreSQL " + version
                            + " yourself and set QUARKUS_DATASOURCE_JDBC_URL");
        }
    }

    /** The port is free when picked, and may be taken before PostgreSQL binds it: then another one is tried. */
    private static int startOnFreePort(PostgresServer server, Path cluster) throws IOException {
        Map<String, String> settings = new TreeMap<>(SETTINGS);
        settings.putAll(DURABLE);
        String logged = "";
        for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
            int port = freePort();
            Optional<String> failure = server.start(port, settings);
            if (failure.isEmpty()) {
                return port;
            }
            logged = failure.get();
            if (!logged.contains("could not bind")) {
                break;
            }
        }
        throw new StartupException("PostgreSQL did not start on `" + cluster + "`:\n"
                + logged.indent(2).stripTrailing());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private void createRole() throws SQLException {
        try (Connection connection = connect("postgres", "postgres", passwords.superuser());
                var statement = connection.createStatement()) {
            try (var role = statement.executeQuery("SELECT 1 FROM pg_roles WHERE rolname = 'leeway'")) {
                if (!role.next()) {
                    // The password is base64url: nothing in it needs quoting.
                    statement.executeUpdate("CREATE ROLE leeway LOGIN PASSWORD '" + passwords.application() + "'");
                }
            }
            try (var database = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = 'leeway'")) {
                if (!database.next()) {
                    statement.executeUpdate("CREATE DATABASE leeway OWNER leeway");
                }
            }
        }
    }

    /** Read as the service's own role, so that its rights are checked along with the settings. */
    private void demandDurability() throws SQLException {
        try (Connection connection = connect(ROLE, ROLE, passwords.application());
                var statement = connection.createStatement()) {
            Map<String, String> demanded = new TreeMap<>(DURABLE);
            demanded.put("data_checksums", "on");
            demanded.put("is_superuser", "off");
            for (Map.Entry<String, String> demand : demanded.entrySet()) {
                try (var shown = statement.executeQuery("SHOW " + demand.getKey())) {
                    String value = shown.next() ? shown.getString(1) : "";
                    if (!demand.getValue().equals(value)) {
                        throw new StartupException("the embedded database would not be safe: `" + demand.getKey()
                                + "` is `" + value + "`, must be `" + demand.getValue() + "`");
                    }
                }
            }
        }
    }

    private Connection connect(String database, String role, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("password", password);
        Connection connection = new Driver().connect(jdbcUrl(port, database), properties);
        if (connection == null) {
            throw new SQLException("`" + jdbcUrl(port, database) + "` is not a PostgreSQL address");
        }
        return connection;
    }

    private static String jdbcUrl(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private static void createPrivateDirectory(Path home) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        try {
            Files.createDirectories(home, ownerOnly);
        } catch (FileAlreadyExistsException e) {
            throw new StartupException(
                    "`" + e.getFile() + "` is a file, and the data directory would have to be there", e);
        }
    }

    private static String describe(Exception e) {
        String message = e.getMessage();
        return e.getClass().getSimpleName() + (message == null ? "" : " " + message);
    }
}
