package io.leeway.policy.table;

import io.leeway.model.RuleSource;
import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the rows that findings and decisions speak of. Each file is read once, when it is first asked for. */
public final class Excerpts {
    private final Map<String, PolicyFile> files = new HashMap<>();
    private final Map<String, List<Sheet>> sheets = new HashMap<>();

    public Excerpts(List<PolicyFile> files) {
        files.forEach(file -> this.files.putIfAbsent(file.name(), file));
    }

    /** The row of the finding's cell; empty when it has none, or its file cannot be read. */
    public Optional<Excerpt> of(Finding finding) {
        PolicyFile file = files.get(finding.file());
        if (file == null || finding.cell() == null) {
            return Optional.empty();
        }
        if (file.isDrl()) {
            return line(file, Digits.parse(finding.cell(), 0));
        }
        Address address = Address.parse(finding.cell());
        return address == null
                ? Optional.empty()
                : sheet(file, finding.sheet()).map(sheet -> row(sheet, address, 0, Address.COLUMNS));
    }

    /**
     * The row of a rule, from its first column to its last, the first one being the one that is meant; empty for DRL, and when
     * its file is not among these.
     */
    public Optional<Excerpt> of(RuleSource source) {
        PolicyFile file = files.get(source.file());
        String[] ends = source.range() == null ? new String[0] : source.range().split(":");
        Address first = ends.length == 2 ? Address.parse(ends[0]) : null;
        Address last = ends.length == 2 ? Address.parse(ends[1]) : null;
        return file == null || first == null || last == null
                ? Optional.empty()
                : sheet(file, source.sheet()).map(sheet -> row(sheet, first, first.column(), last.column() + 1));
    }

    private Optional<Sheet> sheet(PolicyFile file, @Nullable String name) {
        return sheets(file).stream()
                .filter(sheet -> Objects.equals(sheet.name(), name))
                .findFirst();
    }

    private List<Sheet> sheets(PolicyFile file) {
        return sheets.computeIfAbsent(file.name(), name -> {
            try {
                return file.isWorkbook() ? Workbook.read(file.bytes()) : List.of(CsvFile.read(file.bytes()));
            } catch (UnreadableFileException e) {
                return List.of();
            }
        });
    }

    private static Optional<Excerpt> line(PolicyFile file, int number) {
        List<String> lines =
                new String(file.bytes(), StandardCharsets.UTF_8).lines().toList();
        if (number < 1 || number > lines.size()) {
            return Optional.empty();
        }
        return Optional.of(new Excerpt(number, List.of(new Excerpt.Field("", "", lines.get(number - 1))), 0));
    }

    /** @param from first column that is shown, if there is anything in it; {@code to} is the one after the last */
    private static Excerpt row(Sheet sheet, Address found, int from, int to) {
        int labels = labels(sheet, found.row());
        BitSet columns = SheetRow.columns(List.of(sheet.row(found.row()), sheet.row(labels)));
        columns.set(found.column());
        List<Excerpt.Field> fields = new ArrayList<>();
        int index = 0;
        for (int column = columns.nextSetBit(from);
                column >= 0 && column < to;
                column = columns.nextSetBit(column + 1)) {
            if (column == found.column()) {
                index = fields.size();
            }
            CellValue value = sheet.at(found.row(), column);
            CellValue label = sheet.shown(labels, column);
            fields.add(new Excerpt.Field(
                    Address.letters(column), label == null ? "" : label.shown(), value == null ? "" : value.shown()));
        }
        return new Excerpt(found.row() + 1, fields, index);
    }

    /** The row of labels over a row, -1 when there is none. */
    private static int labels(Sheet sheet, int row) {
        for (int above : sheet.rows().headMap(row, false).descendingKeySet()) {
            String text = sheet.firstText(above);
            int below = TableReader.isTitle(text) ? TableReader.HEAD_ROWS - 1 : PlainTableReader.isTitle(text) ? 1 : 0;
            if (below > 0) {
                return above + below < row ? above + below : -1;
            }
        }
        return header(sheet, row);
    }

    /** The header of a sheet beside the tables; a sheet of keys and values has none. */
    private static int header(Sheet sheet, int row) {
        boolean declares =
                sheet.rows().headMap(row).keySet().stream().map(sheet::row).anyMatch(cells -> cells.size() > 2);
        return declares
                ? sheet.rows().headMap(row).keySet().stream()
                        .filter(it -> sheet.row(it).size() > 1)
                        .findFirst()
                        .orElse(-1)
                : -1;
    }
}
