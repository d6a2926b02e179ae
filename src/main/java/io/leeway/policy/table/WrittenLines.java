package io.leeway.policy.table;

import io.leeway.policy.PathScope;
import io.leeway.policy.PathType;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.TestInput;
import io.leeway.policy.check.Findings;
import io.leeway.policy.table.WrittenLine.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads what the files of a version say line by line, as their owners wrote it. Works as far as it can where something in them
 * is wrong; sheets that are no part of the policy, and DRL, are left out.
 */
public final class WrittenLines {
    /** What names a line of a sheet beside the tables. */
    private static final Map<String, List<String>> KEYS = Map.of(
            VocabularySheet.WORD, List.of("Attribute"),
            ActionsSheet.WORD, List.of("Type"),
            TestsSheet.WORD, List.of("Id"),
            GuaranteesSheet.WORD, List.of("Id"),
            ColumnsSheet.WORD, List.of("Label"),
            NamedLists.WORD, List.of("List"),
            CalendarsSheet.WORD, List.of("Calendar"),
            RatesSheet.WORD, List.of("From", "To"));

    private final ColumnLabels labels = new ColumnLabels();
    private final List<WrittenLine> lines = new ArrayList<>();

    private WrittenLines() {}

    private record Placed(Sheet sheet, Source source) {}

    /** The lines of all files, in the order of the files, sheets and rows. */
    public static List<WrittenLine> read(List<PolicyFile> files) {
        WrittenLines reader = new WrittenLines();
        List<Placed> sheets = new ArrayList<>();
        for (PolicyFile file : files) {
            if (!file.isDrl()) {
                sheets.addAll(reader.sheets(file));
            }
        }
        // The labels of plain sheets may be defined in any file.
        sheets.stream()
                .filter(it -> SheetReader.word(it.sheet()).equals(ColumnsSheet.WORD))
                .forEach(it -> reader.labels.read(it.sheet(), it.source(), new CellReader(it.source())));
        sheets.forEach(it -> reader.read(it.sheet(), it.source()));
        return List.copyOf(reader.lines);
    }

    private List<Placed> sheets(PolicyFile file) {
        try {
            return PolicyReader.sheets(file).stream()
                    .map(it -> new Placed(it, new Source(file.name(), it.name(), "", new Findings())))
                    .toList();
        } catch (UnreadableFileException e) {
            WrittenCell reason = new WrittenCell("", e.cell() == null ? "A1" : e.cell(), e.reason(), e.reason(), "");
            lines.add(new WrittenLine(Kind.TEXT, file.name(), null, 1, e.reason(), "", List.of(reason)));
            return List.of();
        }
    }

    private void read(Sheet sheet, Source source) {
        String word = SheetReader.word(sheet);
        if (SheetReader.isBeside(word)) {
            declarations(sheet, source, word);
        } else if (PlainSheet.isOne(sheet) || SheetReader.hasTables(sheet)) {
            lines.addAll(new WrittenTables(sheet, source, labels).read());
        }
    }

    private void declarations(Sheet sheet, Source source, String word) {
        Integer header = HeaderRow.find(sheet, word);
        if (header == null) {
            return;
        }
        Map<Integer, PathType> types = types(sheet, source, word, header);
        for (int row : sheet.rows().tailMap(header, false).keySet()) {
            List<WrittenCell> cells = new ArrayList<>();
            for (int column : SheetRow.columns(List.of(sheet.row(header), sheet.row(row))).stream()
                    .toArray()) {
                PathType type = types.getOrDefault(column, PathType.TEXT);
                cells.add(WrittenCell.of(label(sheet, header, column), sheet, row, column, type, ""));
            }
            lines.add(new WrittenLine(
                    Kind.DECLARATION, source.file(), sheet.name(), row + 1, key(word, cells), word, cells));
        }
    }

    private static String key(String word, List<WrittenCell> cells) {
        List<String> columns = KEYS.getOrDefault(word, List.of());
        String key = cells.stream()
                .filter(it -> columns.contains(it.column()))
                .map(WrittenCell::text)
                .collect(Collectors.joining(" "));
        return key.isBlank() ? cells.get(0).text() : key;
    }

    /** Which columns hold something else than text. */
    private static Map<Integer, PathType> types(Sheet sheet, Source source, String word, int header) {
        Map<Integer, PathType> types = new HashMap<>();
        TestsHeader tests = word.equals(TestsSheet.WORD) ? TestsHeader.read(sheet, source, PathScope.UNBOUND) : null;
        if (tests != null) {
            tests.inputs().forEach((column, input) -> types.put(column, type(input)));
        }
        if (word.equals(RatesSheet.WORD)) {
            SheetRow.columns(List.of(sheet.row(header))).stream()
                    .filter(it -> sheet.text(header, it).equals("Rate"))
                    .forEach(it -> types.put(it, PathType.NUMBER));
        }
        return types;
    }

    private static PathType type(TestInput input) {
        return switch (input.kind()) {
            case NUMBER -> PathType.NUMBER;
            case FLAG -> PathType.FLAG;
            case TEXT, MOMENT -> PathType.TEXT;
        };
    }

    /** The label over a column as people read it, its letters when there is none. */
    static String label(Sheet sheet, int row, int column) {
        CellValue shown = sheet.shown(row, column);
        return shown == null ? Address.letters(column) : WrittenCell.text(shown).replaceAll("\\s+", " ");
    }
}
