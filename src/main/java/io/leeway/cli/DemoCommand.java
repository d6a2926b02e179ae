package io.leeway.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import picocli.CommandLine.Command;

/** {@code leeway demo}: the service on an embedded database of its own, with the shipped examples decided aloud. */
@Command(
        name = "demo",
        description = "Run the service, decide the shipped examples, show each verdict, and keep serving.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final IntSupplier service;
    private final Terminal terminal;

    DemoCommand(IntSupplier service, Terminal terminal) {
        this.service = service;
        this.terminal = terminal;
    }

    /** The service runs on the calling thread, the story beside it. */
    @Override
    public Integer call() {
        String configured = terminal.environment().getOrDefault("LEEWAY_DATA_DIR", "");
        Path dataDirectory =
                Path.of(configured.isBlank() ? "data/demo" : configured).toAbsolutePath();
        System.setProperty("leeway.data-dir", dataDirectory.toString());
        System.setProperty("quarkus.log.console.json.enabled", "false");
        System.setProperty("quarkus.log.level", "WARN");
        Thread story = new Thread(() -> tell(dataDirectory), "demo");
        story.setDaemon(true);
        story.start();
        return service.getAsInt();
    }

    private void tell(Path dataDirectory) {
        try {
            URI address = awaitReady();
            DemoKeys keys = DemoKeys.prepare(address, dataDirectory);
            byte[] last =
                    new DemoStories(terminal, address, keys, Installation.home().resolve("examples")).tell();
            terminal.out().print(farewell(address, dataDirectory, last));
        } catch (CommandException e) {
            terminal.err().println("leeway: " + e.getMessage());
            System.exit(e.exitCode());
        }
    }

    /** How to go on by oneself; each line may be pasted as it stands. */
    static String farewell(URI address, Path dataDirectory, byte[] last) {
        Path keyFile = DemoKeys.file(dataDirectory);
        return String.join(
                "\n",
                "",
                "Still serving; Ctrl-C ends it, and everything is kept in " + dataDirectory,
                "  try it     " + address.resolve("/q/swagger-ui/"),
                "             Swagger UI: any user name, a key as the password",
                "  keys       " + keyFile + " (roles agent, operator, compliance)",
                "  as agent   export LEEWAY_KEY=$(sed -n 's/^agent=//p' '" + keyFile + "')",
                "  by curl    " + DemoStories.curl(address, keyFile, last),
                "");
    }

    private static URI awaitReady() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        ServiceClient.Answer health = null;
        while (System.nanoTime() < end) {
            String address = System.getProperty(Commands.ADDRESS);
            if (address != null) {
                health = new ServiceClient(URI.create(address), "").get("/q/health/ready");
                if (health.succeeded()) {
                    return URI.create(address);
                }
            }
            pause();
        }
        throw CommandException.failed("the service was not ready within " + PATIENCE.toSeconds() + " s"
                + (health == null ? "" : ": " + health.body()));
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted");
        }
    }
}
