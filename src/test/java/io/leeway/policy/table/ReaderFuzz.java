package io.leeway.policy.table;

import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.testing.ArchiveBuilder;
import io.leeway.testing.SheetBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/**
 * What a coverage-guided fuzzer feeds the reader, see {@code bench/fuzz.sh}. The first byte chooses what the others are: a whole file, CSV, or one part of a
 * workbook that is otherwise right. Whatever comes, the reader answers with findings, in order, and never both with tables and an error.
 */
public final class ReaderFuzz {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final byte[] SOUND = SheetBuilder.policy("Remit", "owner@example.com")
            .table("Remit")
            .name()
            .condition("Action", "forall(||){action.type == \"$\"}")
            .condition("Currency", "action.currency == \"$param\"")
            .condition("Amount up to", "action.amount <= $param")
            .grant()
            .because()
            .row("REM-01", "billing.adjust", "USD", 500, "Autonomous", "Small ones.")
            .xlsx("policy.xlsx")
            .bytes();
    private static final List<String> PARTS = List.of(
            "xl/worksheets/sheet1.xml",
            "xl/workbook.xml",
            "xl/sharedStrings.xml",
            "xl/styles.xml",
            "[Content_Types].xml",
            "xl/_rels/workbook.xml.rels");

    private ReaderFuzz() {}

    /** Loads what the first input needs, so that its time is not taken for the input's. */
    public static void fuzzerInitialize() {
        fuzzerTestOneInput(new byte[] {6, 'x'});
    }

    /** One input of the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        Reading reading =
                PolicyReader.read(List.of(file(data[0] & 7, Arrays.copyOfRange(data, 1, data.length))), TODAY);
        boolean error = reading.findings().stream().anyMatch(Finding::isError);
        if (error == (reading.tables() != null)) {
            throw new IllegalStateException("tables and findings contradict each other: " + reading.findings());
        }
        for (Finding finding : reading.findings()) {
            if (finding.message().isBlank()) {
                throw new IllegalStateException("no message for people: " + finding);
            }
        }
    }

    private static PolicyFile file(int kind, byte[] content) {
        return switch (kind) {
            case 6 -> new PolicyFile("policy.csv", content);
            case 7 -> new PolicyFile("policy.xlsx", content);
            default ->
                new PolicyFile(
                        "policy.xlsx",
                        ArchiveBuilder.of(SOUND).put(PARTS.get(kind), content).zip());
        };
    }

    /** Writes the inputs that the fuzzer starts from into a directory: each part, a file and a CSV as they should be. */
    public static void main(String... arguments) throws IOException {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        ArchiveBuilder archive = ArchiveBuilder.of(SOUND);
        for (int kind = 0; kind < PARTS.size(); kind++) {
            byte[] part = archive.part(PARTS.get(kind));
            if (part != null) {
                write(directory, kind, part);
            }
        }
        write(directory, 6, "RuleSet,x\nOwner,a@b\nRuleTable T\n".getBytes(StandardCharsets.UTF_8));
        write(directory, 7, SOUND);
    }

    private static void write(Path directory, int kind, byte[] content) throws IOException {
        byte[] input = new byte[content.length + 1];
        input[0] = (byte) kind;
        System.arraycopy(content, 0, input, 1, content.length);
        Files.write(directory.resolve("seed-" + kind), input);
    }
}
