package io.leeway.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One PostgreSQL server on one cluster directory, driven by PostgreSQL's own programs.
 *
 * <p>PostgreSQL refuses to run as root. For root on Linux each program runs in a user namespace of its own
 * ({@code unshare -U}): it then sees an unprivileged user, while its files stay root's.
 */
final class PostgresServer {
    private static final int WAIT_SECONDS = 120;

    private final Path programs;
    private final Path cluster;
    private final Path log;
    private final List<String> prefix;

    PostgresServer(Path programs, Path cluster, Path log) {
        this(programs, cluster, log, runsAsRoot() ? List.of("unshare", "-U") : List.of());
    }

    /** @param prefix the words before each program, which run it */
    PostgresServer(Path programs, Path cluster, Path log, List<String> prefix) {
        this.programs = programs;
        this.cluster = cluster;
        this.log = log;
        this.prefix = List.copyOf(prefix);
    }

    /** Makes a new cluster with checksums, byte-wise ordering and password authentication for {@code postgres}. */
    void initialise(Path passwordFile) throws IOException {
        if (!prefix.isEmpty() && run(command("unshare", "-U", "true")).exit() != 0) {
            throw new StartupException(
                    "PostgreSQL does not run as root, and this machine allows root no user namespace;"
                            + " start Leeway as another user, or set QUARKUS_DATASOURCE_JDBC_URL");
        }
        List<String> initdb = program("initdb");
        initdb.addAll(List.of("-D", cluster.toString(), "-U", "postgres", "--pwfile=" + passwordFile));
        initdb.addAll(List.of("--auth=scram-sha-256", "--data-checksums", "--encoding=UTF8"));
        initdb.addAll(List.of("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        Result result = run(initdb);
        if (result.exit() != 0) {
            throw new StartupException("PostgreSQL could not make a database in `" + cluster + "`: " + result.output());
        }
    }

    /**
     * Starts the server and waits until it answers, crash recovery included.
     *
     * @param port TCP port on 127.0.0.1
     * @param settings win over every configuration file of the cluster
     * @return empty, or what PostgreSQL logged when it did not start
     */
    Optional<String> start(int port, Map<String, String> settings) throws IOException {
        Files.deleteIfExists(log);
        String options = settings.entrySet().stream()
                .map(setting -> "-c " + setting.getKey() + "='" + setting.getValue() + "'")
                .collect(Collectors.joining(" ", "-p " + port + " ", ""));
        List<String> start = program("pg_ctl");
        start.addAll(List.of("start", "-D", cluster.toString(), "-l", log.toString(), "-o", options));
        start.addAll(List.of("-w", "-t", Integer.toString(WAIT_SECONDS)));
        Result result = run(start);
        if (result.exit() == 0) {
            return Optional.empty();
        }
        String logged = Files.exists(log) ? Files.readString(log) : "";
        return Optional.of(logged.isBlank() ? result.output() : logged.strip());
    }

    /** Stops the server at once but in order: sessions are cut, everything is written. */
    void stop() throws IOException {
        List<String> stop = program("pg_ctl");
        stop.addAll(List.of("stop", "-D", cluster.toString(), "-m", "fast"));
        stop.addAll(List.of("-w", "-t", Integer.toString(WAIT_SECONDS)));
        Result result = run(stop);
        if (result.exit() != 0) {
            throw new StartupException("PostgreSQL on `" + cluster + "` did not stop: " + result.output());
        }
    }

    /**
     * Clears the way after a killed run: a server that still runs on this cluster is stopped. A pid file that names a
     * process of somebody else's stays harmless: that process is left alone, and the pid in the file is replaced by one
     * that has ended, so that PostgreSQL's own check of shared memory still protects the cluster.
     *
     * @return the pid of the server that was stopped
     */
    Optional<Long> stopOrphan() throws IOException {
        Path pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        Optional<ProcessHandle> process = lines.stream()
                .findFirst()
                .filter(line -> line.strip().matches("[1-9][0-9]{0,9}"))
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line.strip())));
        if (process.isEmpty()) {
            return Optional.empty();
        }
        if (!servesThisCluster(process.get())) {
            lines = new ArrayList<>(lines);
            lines.set(0, Long.toString(run(command("true")).pid()));
            Files.writeString(pidFile, String.join("\n", lines) + "\n");
            return Optional.empty();
        }
        stop();
        return Optional.of(process.get().pid());
    }

    /** A postmaster runs in its cluster directory and names it after {@code -D}. */
    private boolean servesThisCluster(ProcessHandle process) throws IOException {
        Path workingDirectory = Path.of("/proc/" + process.pid() + "/cwd");
        if (Files.isSymbolicLink(workingDirectory) && Files.isReadable(workingDirectory)) {
            return workingDirectory.toRealPath().equals(cluster.toRealPath()) && isPostgres(process);
        }
        String[] arguments = process.info().arguments().orElse(new String[0]);
        int flag = Arrays.asList(arguments).indexOf("-D");
        return flag >= 0
                && flag + 1 < arguments.length
                && Path.of(arguments[flag + 1]).equals(cluster)
                && isPostgres(process);
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> command.endsWith("/postgres") || command.endsWith("/postgres (deleted)"))
                .orElse(false);
    }

    private List<String> program(String name) {
        List<String> command = new ArrayList<>(prefix);
        command.add(programs.resolve("bin").resolve(name).toString());
        return command;
    }

    private static List<String> command(String... words) {
        return new ArrayList<>(List.of(words));
    }

    private static boolean runsAsRoot() {
        return System.getProperty("user.name", "").equals("root")
                && System.getProperty("os.name", "").equals("Linux");
    }

    private Result run(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(programs.toFile());
        // Settings of a client on this machine must not leak into this server.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        Process process = builder.start();
        process.getOutputStream().close();
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
            return new Result(process.pid(), process.waitFor(), text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + command, e);
        }
    }

    private record Result(long pid, int exit, String output) {}
}
