package io.leeway.policy.release;

import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.check.FindingCode;
import io.leeway.policy.check.Findings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a version's files from a directory: every {@code *.xlsx}, {@code *.csv} and {@code *.drl} directly in it. */
public final class PolicyDirectory {
    private static final Pattern OTHER_SPREADSHEET =
            Pattern.compile("(?i)[^~.].*\\.(xls|xlsm|xlsb|xltx?|xltm|ods|fods|numbers|tsv)");

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
                        files.add(new PolicyFile(file.name(), bytes(path)));
                    }
                }
            }
        }
        files.sort(Comparator.comparing(PolicyFile::name));
        return files;
    }

    /**
     * A warning for each file that looks like a policy to people and is not read: other kinds of spreadsheets.
     *
     * @throws IOException when the directory cannot be read
     */
    public static List<Finding> overlooked(Path directory) throws IOException {
        Findings findings = new Findings();
        try (Stream<Path> entries = Files.list(directory)) {
            entries.map(path -> path.getFileName().toString())
                    .filter(name -> OTHER_SPREADSHEET.matcher(name).matches())
                    .forEach(name -> findings.report(
                            FindingCode.IGNORED_FILE, name, null, null, "`" + name + "` is no part of the policy"));
        }
        return findings.sorted();
    }

    /** Of a file that is too large, just enough that it is seen to be. */
    private static byte[] bytes(Path path) throws IOException {
        try (InputStream content = Files.newInputStream(path)) {
            return content.readNBytes(PolicyFile.MOST_BYTES + 1);
        }
    }
}
