package io.leeway.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The PostgreSQL that is installed on this machine, on a cluster of its own in a temporary directory, at a free port, with
 * a database {@code leeway}. Run by root, its processes belong to {@code nobody}.
 */
public final class MachinePostgres implements AutoCloseable {
    private static final int OLDEST = 15;
    private static final int NOBODY = 65534;
    private static final String PASSWORD = "only for this test";

    private final Path programs;
    private final Path directory;
    private final int port;

    private MachinePostgres(Path programs, Path directory, int port) {
        this.programs = programs;
        this.directory = directory;
        this.port = port;
    }

    /** The directory of its programs, the newest if there are several, none older than PostgreSQL 15. */
    public static Optional<Path> find() throws IOException {
        List<Path> candidates = new ArrayList<>();
        Path debian = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(debian)) {
            try (Stream<Path> versions = Files.list(debian)) {
                versions.map(version -> version.resolve("bin")).forEach(candidates::add);
            }
        }
        try {
            candidates.add(Path.of(run(List.of("pg_config", "--bindir")).strip()));
        } catch (IOException e) {
            // Not installed, or without its development files: the directories above count alone.
        }
        return candidates.stream()
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")) && version(bin) >= OLDEST)
                .max(Comparator.comparingInt(MachinePostgres::version));
    }

    /** Makes the cluster and starts it. */
    public static MachinePostgres start(Path programs) throws IOException, SQLException {
        Path directory = Files.createTempDirectory("leeway-machine-postgres");
        Path passwordFile = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
        if (isRoot()) {
            Files.setAttribute(directory, "unix:uid", NOBODY);
            Files.setAttribute(passwordFile, "unix:uid", NOBODY);
        }
        int port = Ports.free();
        MachinePostgres postgres = new MachinePostgres(programs, directory, port);
        String cluster = directory.resolve("data").toString();
        postgres.program(
                "initdb",
                "-D",
                cluster,
                "-U",
                "leeway",
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "-E",
                "UTF8");
        postgres.program(
                "pg_ctl",
                "start",
                "-w",
                "-D",
                cluster,
                "-l",
                directory.resolve("log").toString(),
                "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''");
        try (var connection = DriverManager.getConnection(postgres.url("postgres"), "leeway", PASSWORD)) {
            connection.createStatement().execute("CREATE DATABASE leeway");
        }
        return postgres;
    }

    public String jdbcUrl() {
        return url("leeway");
    }

    public String username() {
        return "leeway";
    }

    public String password() {
        return PASSWORD;
    }

    @Override
    public void close() throws IOException {
        program(
                "pg_ctl",
                "stop",
                "-w",
                "-m",
                "immediate",
                "-D",
                directory.resolve("data").toString());
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private void program(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        command.add(programs.resolve(name).toString());
        command.addAll(List.of(arguments));
        run(command);
    }

    /** {@code postgres (PostgreSQL) 15.13 (Debian …)}. */
    private static int version(Path bin) {
        try {
            String version = run(List.of(bin.resolve("postgres").toString(), "--version"));
            return Integer.parseInt(version.replaceFirst("(?s)^\\D*(\\d+).*$", "$1"));
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + " failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return output;
    }
}
