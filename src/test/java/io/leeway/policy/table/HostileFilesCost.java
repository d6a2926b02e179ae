package io.leeway.policy.table;

import com.sun.management.ThreadMXBean;
import io.leeway.policy.PolicyFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the files of {@code hostile-files.yaml} cost to refuse, by class, as a Markdown table. Run twice with the same directory:
 * the first time writes the files, which takes more memory than to read them; the second time reads them, in a heap
 * as small as given by {@code -Xmx}. That it ends shows that this heap suffices.
 */
final class HostileFilesCost {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private HostileFilesCost() {}

    public static void main(String... arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        if (Files.notExists(directory)) {
            write(directory);
        } else {
            read(directory);
        }
    }

    private static void write(Path directory) throws Exception {
        Map<String, String> bases = TableCase.Catalogue.read().sheets();
        for (Map.Entry<String, List<HostileCase>> type :
                HostileCase.read("/nowhere/canary", 9).entrySet()) {
            Path target = Files.createDirectories(directory.resolve(type.getKey()));
            int number = 0;
            for (HostileCase it : type.getValue()) {
                for (List<PolicyFile> files : it.versions(bases).toList()) {
                    PolicyFile file = files.get(0);
                    Files.write(target.resolve(String.format("%02d-%s", number++, file.name())), file.bytes());
                }
            }
        }
    }

    private static void read(Path directory) throws IOException {
        // Once without looking, so that classes are loaded and hot code is compiled.
        for (Path type : sorted(directory)) {
            cost(type);
        }
        System.out.println("| class | files | ms at most | MiB allocated at most |\n|---|---|---|---|");
        for (Path type : sorted(directory)) {
            Cost most = cost(type);
            System.out.printf("| %s | %d | %d | %d |%n", type.getFileName(), most.files, most.millis, most.mebibytes);
        }
        System.out.println("heap " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
    }

    /**
     * @param millis of the slowest file
     * @param mebibytes allocated for the file that takes most, garbage included
     */
    private record Cost(int files, long millis, long mebibytes) {}

    private static Cost cost(Path type) throws IOException {
        Cost most = new Cost(0, 0, 0);
        for (Path path : sorted(type)) {
            PolicyFile file = new PolicyFile(path.getFileName().toString(), Files.readAllBytes(path));
            long before = THREADS.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            PolicyReader.read(List.of(file), TODAY);
            long millis = (System.nanoTime() - start) / 1_000_000;
            long mebibytes = (THREADS.getCurrentThreadAllocatedBytes() - before) >> 20;
            most = new Cost(most.files + 1, Math.max(most.millis, millis), Math.max(most.mebibytes, mebibytes));
        }
        return most;
    }

    private static List<Path> sorted(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }
}
