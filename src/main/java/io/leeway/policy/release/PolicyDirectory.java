package io.leeway.policy.release;

import io.leeway.policy.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Reads a version's files from a directory: every {@code *.xlsx}, {@code *.csv} and {@code *.drl} directly in it. */
public final class PolicyDirectory {
    private PolicyDirectory() {}

    /**
     * The files of all the directories, by name.
     *
     * @throws IOException when one of them cannot be read
     */
    public static List<PolicyFile> read(List<Path> directories) throws IOException {
        List<PolicyFile> files = new ArrayList<>();
        for (Path directory : directories) {
            try (Stream<Path> entries = Files.list(directory)) {
                for (Path path : entries.filter(Files::isRegularFile).sorted().toList()) {
                    PolicyFile file = new PolicyFile(path.getFileName().toString(), new byte[0]);
                    // Excel's lock files and hidden files are nobody's policy.
                    boolean policy = file.isWorkbook() || file.isCsv() || file.isDrl();
                    if (policy && !file.name().startsWith("~$") && !file.name().startsWith(".")) {
                        files.add(new PolicyFile(file.name(), Files.readAllBytes(path)));
                    }
                }
            }
        }
        files.sort(Comparator.comparing(PolicyFile::name));
        return files;
    }
}
