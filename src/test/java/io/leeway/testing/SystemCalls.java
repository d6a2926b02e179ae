package io.leeway.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What processes ask of the operating system, as {@code strace} sees it. */
public final class SystemCalls {
    /** {@code 1795375215.123456 fdatasync(7</…/pg_wal/0000…>) = 0 <0.000789>}; calls that did not finish have no end. */
    private static final Pattern LINE =
            Pattern.compile("(\\d+)\\.(\\d{6}) (\\w+)\\((.*) = (-?\\d+).* <(\\d+\\.\\d{6})>");

    /** Enough of a buffer to see an answer's head and the beginning of its body. */
    private static final int SHOWN = 1500;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process strace;
    private final Path directory;

    private SystemCalls(Process strace, Path directory) {
        this.strace = strace;
        this.directory = directory;
    }

    /**
     * A call that finished.
     *
     * @param begin by this machine's clock
     * @param arguments as {@code strace} shows them, files by their names
     */
    public record Call(String name, String arguments, long result, Instant begin, Instant end) {}

    /** Whether {@code strace} is here and may be used. */
    public static boolean canBeTraced() throws InterruptedException {
        try {
            return new ProcessBuilder("strace", "-qq", "-o", "/dev/null", "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Begins to trace these processes, with their threads and what they start.
     *
     * @param directory empty; one file for each thread
     * @param calls names, with commas
     */
    public static SystemCalls trace(Path directory, List<Long> pids, String calls) throws IOException {
        List<String> command = new ArrayList<>(List.of("strace", "-qq", "-ff", "-ttt", "-T", "-y"));
        command.addAll(List.of("-s", Integer.toString(SHOWN), "-e", "trace=" + calls));
        command.addAll(
                List.of("-e", "signal=none", "-o", directory.resolve("calls").toString()));
        long threads = 0;
        for (long pid : pids) {
            command.addAll(List.of("-p", Long.toString(pid)));
            try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
                threads += tasks.count();
            }
        }
        Process strace = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("messages").toFile())
                .start();
        long wanted = threads;
        await().atMost(PATIENCE).until(() -> files(directory).size() >= wanted);
        return new SystemCalls(strace, directory);
    }

    /** Lets the processes go on alone. */
    public List<Call> stop() throws IOException, InterruptedException {
        strace.destroy();
        if (!strace.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("strace does not end");
        }
        List<Call> calls = new ArrayList<>();
        for (Path file : files(directory)) {
            for (String line : Files.readAllLines(file)) {
                Matcher matcher = LINE.matcher(line);
                if (matcher.matches()) {
                    calls.add(call(matcher));
                }
            }
        }
        return calls;
    }

    private static Call call(Matcher line) {
        Instant begin = Instant.ofEpochSecond(Long.parseLong(line.group(1)), Long.parseLong(line.group(2)) * 1000);
        long took = Math.round(Double.parseDouble(line.group(6)) * 1_000_000);
        return new Call(
                line.group(3),
                line.group(4),
                Long.parseLong(line.group(5)),
                begin,
                begin.plus(took, ChronoUnit.MICROS));
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("calls"))
                    .toList();
        }
    }
}
