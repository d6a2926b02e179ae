package io.leeway.policy.table;

import io.leeway.policy.ActionType;
import io.leeway.policy.AttributeType;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.check.Findings;
import io.leeway.policy.table.Conversion.Converted;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * Workbooks for people to fill in: plain sheets with drop-downs, hints beside the cells, framed rows to spare and a sheet
 * that says how. What is offered comes from the labels and the vocabulary of the version.
 */
public final class WorkbookTemplate {
    /** What a starter may be called: it becomes part of ids and action types. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,29}");

    private static final String CURRENCY = "action.currency";

    private final List<PolicyFile> version;
    private final ColumnLabels labels = new ColumnLabels();

    private WorkbookTemplate(List<PolicyFile> version) {
        this.version = List.copyOf(version);
    }

    /** What becomes of the rows that are there. */
    public enum Rows {
        KEPT,
        /** Rows of tables and tests are left out; what is declared stays. */
        EMPTIED
    }

    /**
     * A first workbook, sound as it is, about refunds in a domain.
     *
     * @param name as {@link #NAME} asks for
     * @param beside the files that it will stand beside: what they declare it does not declare again
     * @param today in UTC
     */
    public static PolicyFile starter(String name, String owner, List<PolicyFile> beside, LocalDate today) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(name);
        }
        PolicyTables there = PolicyReader.read(beside, today).tables();
        AttributeType declared = there == null ? null : there.attributes().get(CURRENCY);
        List<String> currencies = declared == null ? List.of() : declared.allowed();
        String currency = currencies.isEmpty() || currencies.contains("USD") ? "USD" : currencies.get(0);
        // Whoever declares currencies says that there are no others, which would be wrong beside tables with others.
        boolean alone = there == null || (declared == null && there.rows().isEmpty());
        List<Grid> sheets = new StarterWorkbook(name, owner, currency).sheets(alone);
        PolicyFile bare = GridFiles.xlsx(name + ".xlsx", sheets);
        List<PolicyFile> version = new ArrayList<>(there == null ? List.of() : beside);
        version.removeIf(it -> it.name().equals(bare.name()));
        version.add(bare);
        return new WorkbookTemplate(version).write(bare, Rows.KEPT, today);
    }

    /**
     * The template of a workbook or CSV file of a version, as an {@code .xlsx} file with plain sheets.
     *
     * @param file its name
     * @param today in UTC
     * @return one file, or none and why: there is no such file, the version is not sound, or it cannot be said in plain sheets
     */
    public static Converted of(List<PolicyFile> version, String file, Rows rows, LocalDate today) {
        Reading reading = PolicyReader.read(version, today);
        if (reading.tables() == null) {
            return new Converted(
                    List.of(), reading.findings().stream().map(Object::toString).toList());
        }
        Converted plain = isPlain(version)
                ? new Converted(version, List.of())
                : Conversion.convert(version, Conversion.Layout.PLAIN, Conversion.Format.XLSX, today);
        String name = file.replaceFirst("(?i)\\.(csv|xlsx)$", "") + ".xlsx";
        for (PolicyFile found : plain.files()) {
            if (found.isWorkbook() && found.name().equals(name)) {
                return new Converted(List.of(new WorkbookTemplate(plain.files()).write(found, rows, today)), List.of());
            }
        }
        return plain.problems().isEmpty()
                ? new Converted(List.of(), List.of("no workbook `" + file + "`"))
                : new Converted(List.of(), plain.problems());
    }

    /** Whether no sheet has the Drools layout and no file is CSV, whose cells have no types. */
    private static boolean isPlain(List<PolicyFile> version) {
        return version.stream()
                .filter(it -> !it.isDrl())
                .allMatch(it -> it.isWorkbook()
                        && sheets(it).stream()
                                .allMatch(sheet -> SheetReader.isBeside(SheetReader.word(sheet))
                                        || PlainSheet.isOne(sheet)
                                        || !SheetReader.hasTables(sheet)));
    }

    private static List<Sheet> sheets(PolicyFile file) {
        try {
            return PolicyReader.sheets(file);
        } catch (UnreadableFileException e) {
            throw new IllegalStateException("it was read before", e);
        }
    }

    private PolicyFile write(PolicyFile file, Rows rows, LocalDate today) {
        for (PolicyFile other : version) {
            if (!other.isDrl()) {
                sheets(other).stream()
                        .filter(it -> SheetReader.word(it).equals(ColumnsSheet.WORD))
                        .forEach(this::readLabels);
            }
        }
        PolicyTables tables = PolicyReader.read(version, today).tables();
        Map<String, ActionType> actions = tables == null ? Map.of() : tables.actions();
        Map<String, AttributeType> attributes = tables == null ? Map.of() : tables.attributes();
        List<Sheet> sheets = sheets(file);
        ColumnHints hints = new ColumnHints(actions, attributes, actionCells(sheets));
        try (XSSFWorkbook workbook = new XSSFWorkbook();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            TemplateWriter writer = new TemplateWriter(workbook, labels, hints, rows == Rows.KEPT);
            sheets.forEach(it -> write(it, writer));
            writer.howTo();
            workbook.write(bytes);
            return new PolicyFile(file.name(), bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Sheet sheet, TemplateWriter writer) {
        String word = SheetReader.word(sheet);
        if (SheetReader.isBeside(word) && !sheet.rows().isEmpty()) {
            writer.beside(sheet, word);
        } else if (PlainSheet.isOne(sheet)) {
            writer.tables(sheet, word);
        }
    }

    private void readLabels(Sheet sheet) {
        Source source = new Source("", sheet.name(), "", new Findings());
        labels.read(sheet, source, new CellReader(source));
    }

    /** Where the workbook itself lists the action types: another file must not be referred to. */
    private static String actionCells(List<Sheet> sheets) {
        for (Sheet sheet : sheets) {
            if (ActionsSheet.WORD.equals(sheet.name()) && !sheet.rows().isEmpty()) {
                int header = TemplateWriter.headerRow(sheet, ActionsSheet.WORD);
                SheetRow cells = sheet.row(header);
                for (int column = cells.first(); column >= 0; column = cells.next(column + 1)) {
                    if (sheet.text(header, column).equals("Type")) {
                        return ColumnHints.cellsBelow(header, column);
                    }
                }
            }
        }
        return "";
    }
}
