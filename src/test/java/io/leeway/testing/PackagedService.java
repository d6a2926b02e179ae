package io.leeway.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged service as a process of its own, as an operator starts it: {@code java -jar quarkus-run.jar}. */
public final class PackagedService implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Pattern ADDRESS = Pattern.compile("listens on (http://[0-9.:]+)");

    private final Process process;
    private final Path output;

    private PackagedService(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts it at a free port; what it prints goes to {@code output.log} in the working directory.
     *
     * @param workingDirectory also holds {@code data}, the default data directory
     * @param environment settings beside the port
     */
    public static PackagedService start(Path workingDirectory, Map<String, String> environment, String... arguments)
            throws IOException {
        return start(workingDirectory, environment, List.of(), arguments);
    }

    /** The same with one protection taken out, which tests must notice; waits until it listens. */
    public static PackagedService startWithout(
            Protection protection, Path workingDirectory, Map<String, String> environment) throws IOException {
        String agent = "-javaagent:" + Unprotected.jar(workingDirectory) + "=" + protection;
        PackagedService service = start(workingDirectory, environment, List.of(agent));
        try {
            service.awaitAddress();
            assertThat(service.output()).contains("UNPROTECTED " + protection);
            return service;
        } catch (RuntimeException | Error e) {
            service.process.destroyForcibly();
            throw e;
        }
    }

    private static PackagedService start(
            Path workingDirectory, Map<String, String> environment, List<String> options, String... arguments)
            throws IOException {
        Path jar = Path.of(System.getProperty("leeway.jar"));
        assertThat(jar).as("built before the integration tests").exists();
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx400m"));
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        Path output = workingDirectory.resolve("output.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(workingDirectory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LEEWAY_") || name.startsWith("QUARKUS_"));
        builder.environment().put("QUARKUS_HTTP_PORT", "0");
        builder.environment().putAll(environment);
        return new PackagedService(builder.start(), output);
    }

    /** Waits until the service says where it listens. */
    public URI awaitAddress() {
        await().atMost(START).pollInterval(Duration.ofMillis(100)).until(() -> {
            assertThat(process.isAlive()).as(output()).isTrue();
            return ADDRESS.matcher(output()).find();
        });
        Matcher matcher = ADDRESS.matcher(output());
        assertThat(matcher.find()).isTrue();
        return URI.create(matcher.group(1));
    }

    /** The process. */
    public long pid() {
        return process.pid();
    }

    /** The status of an unauthenticated {@code GET}. */
    public int status(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(awaitAddress().resolve(path)).build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    /** Everything printed so far, errors too. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a signal by its name without {@code SIG}: {@code STOP} freezes every thread at once, {@code CONT} ends that. */
    public void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).as("kill -" + name).isZero();
    }

    /** Sends SIGTERM and waits; returns the exit code, 143 for a service that was told to stop. */
    public int stop() throws InterruptedException {
        process.destroy();
        return awaitExit();
    }

    /** Waits for an end of its own accord. */
    public int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("ended: " + output())
                .isTrue();
        return process.exitValue();
    }

    /** Kills it as a power cut would, leaving whatever it started. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        try {
            if (process.isAlive()) {
                stop();
            }
        } finally {
            // One that is frozen hears no other signal, and nothing may outlive its test.
            process.destroyForcibly();
        }
    }
}
