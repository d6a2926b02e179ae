package io.leeway.policy.table;

import io.leeway.policy.ActionType;
import io.leeway.policy.AttributeType;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import io.leeway.policy.check.CrossChecks;
import io.leeway.policy.check.Declarations;
import io.leeway.policy.check.Declarations.Declared;
import io.leeway.policy.check.DraftTable;
import io.leeway.policy.check.FindingCode;
import io.leeway.policy.check.Findings;
import io.leeway.policy.check.GuaranteeChecks;
import io.leeway.policy.check.TestChecks;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Reads the workbooks of one version: all of them, with all that is wrong, and never an exception for what is in them. */
public final class PolicyReader {
    private PolicyReader() {}

    /**
     * Reads the files; DRL files are left to others.
     *
     * @param today in UTC; decides which reviews are due and which rows are expired, which only warns
     */
    public static Reading read(List<PolicyFile> files, LocalDate today) {
        Findings findings = new Findings();
        SheetReader reader = new SheetReader(today);
        Set<String> names = new HashSet<>();
        files.stream().sorted(Comparator.comparing(PolicyFile::name)).forEach(file -> {
            if (!names.add(file.name())) {
                findings.report(
                        FindingCode.REPEATED_FILE,
                        file.name(),
                        null,
                        null,
                        "file `" + file.name() + "` is there twice");
            }
            if (!file.isDrl()) {
                read(file, reader, findings);
            }
        });
        List<DraftTable> tables = reader.tables();
        Declarations declarations = new Declarations(reader.attributes(), reader.actions());
        CrossChecks.run(tables, declarations, today, findings);
        TestChecks.run(reader.tests(), declarations, findings);
        GuaranteeChecks.run(reader.guarantees(), declarations, findings);
        return new Reading(findings.hasErrors() ? null : typed(tables, declarations, reader), findings.sorted());
    }

    private static void read(PolicyFile file, SheetReader reader, Findings findings) {
        try {
            String sha256 = file.sha256();
            for (Sheet sheet : sheets(file)) {
                reader.read(sheet, new Source(file.name(), sheet.name(), sha256, findings));
            }
        } catch (UnreadableFileException e) {
            findings.report(e.code(), file.name(), null, e.cell(), e.reason());
        }
    }

    static List<Sheet> sheets(PolicyFile file) throws UnreadableFileException {
        if (file.isWorkbook()) {
            return Workbook.read(file.bytes());
        }
        if (file.isCsv()) {
            return List.of(CsvFile.read(file.bytes()));
        }
        throw new UnreadableFileException(
                FindingCode.WRONG_FILE_TYPE, null, "`" + file.name() + "` is no .xlsx, .csv or .drl file");
    }

    private static PolicyTables typed(List<DraftTable> tables, Declarations declarations, SheetReader reader) {
        List<Row> rows = new ArrayList<>();
        for (DraftTable table : tables) {
            for (DraftTable.DraftRow row : table.rows()) {
                rows.add(Objects.requireNonNull(row.row(), "whoever leaves a row out must report an error"));
            }
        }
        Map<String, AttributeType> attributes = new HashMap<>();
        for (Declared<AttributeType> declared : declarations.attributes()) {
            attributes.put(declared.line().name(), declared.line());
        }
        Map<String, ActionType> actions = new HashMap<>();
        for (Declared<ActionType> declared : declarations.actions()) {
            actions.put(declared.line().type(), declared.line());
        }
        return new PolicyTables(rows, attributes, actions, reader.tests(), reader.guarantees(), reader.data());
    }
}
