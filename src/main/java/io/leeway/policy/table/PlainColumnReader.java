package io.leeway.policy.table;

import io.leeway.policy.PathScope;
import io.leeway.policy.check.FindingCode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the row of labels of a plain table. */
final class PlainColumnReader {
    private final Sheet sheet;
    private final Source source;
    private final ColumnLabels labels;
    private final PathScope scope;
    private final int row;
    private final int last;

    /**
     * Reads the columns of one table.
     *
     * @param row the row of the labels
     * @param last the last row of the table that is not blank
     */
    PlainColumnReader(Sheet sheet, Source source, ColumnLabels labels, PathScope scope, int row, int last) {
        this.sheet = sheet;
        this.source = source;
        this.labels = labels;
        this.scope = scope;
        this.row = row;
        this.last = last;
    }

    /**
     * The columns, at least one.
     *
     * @param title the row of the table's title, at which missing columns are reported
     */
    List<TableColumn> read(boolean authority, int title) {
        List<TableColumn> columns = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        SheetRow cells = sheet.row(row);
        for (int index = cells.first(); index >= 0; index = cells.next(index + 1)) {
            String text = sheet.text(row, index).replaceAll("\\s+", " ");
            ColumnLabel label = labels.find(text, authority);
            if (label == null) {
                CellValue found = cells.at(index);
                String described = text.isEmpty() && found != null ? found.described() : text;
                source.report(FindingCode.UNKNOWN_LABEL, row, index, labels.unknown(described, authority));
                columns.add(new TableColumn(index, ColumnKind.BROKEN, null));
                continue;
            }
            boolean repeatable = label.kind() == ColumnKind.OBLIGE || label.kind() == ColumnKind.DESCRIPTION;
            if (!seen.add(key(label)) && !repeatable) {
                source.report(FindingCode.REPEATED_COLUMN, row, index, "a second column `" + text + "`");
            }
            columns.add(column(index, label));
        }
        checkUnlabelled(columns);
        checkSight(columns);
        checkKinds(columns, title, authority);
        return columns;
    }

    private TableColumn column(int index, ColumnLabel label) {
        ConditionSnippet condition = label.condition();
        try {
            return new TableColumn(index, label.kind(), condition == null ? null : condition.in(scope));
        } catch (SnippetException e) {
            source.report(e.code(), row, index, e.reason());
            return new TableColumn(index, ColumnKind.BROKEN, null);
        }
    }

    /** What may stand there once: a label of a condition, a kind of any other column. */
    private static String key(ColumnLabel label) {
        return label.kind() == ColumnKind.CONDITION
                ? label.label()
                : label.kind().name();
    }

    /** A condition without a label would be forgotten; only what stands apart from the table is a note. */
    private void checkUnlabelled(List<TableColumn> columns) {
        BitSet used =
                SheetRow.columns(sheet.rows().subMap(row, true, last, true).values());
        BitSet labelled = new BitSet();
        columns.forEach(it -> labelled.set(it.index()));
        int beside = labelled.length();
        for (int column = used.nextSetBit(0); column >= 0 && column <= beside; column = used.nextSetBit(column + 1)) {
            if (!labelled.get(column)) {
                source.report(
                        FindingCode.UNLABELLED_COLUMN,
                        row,
                        column,
                        "column `" + Address.letters(column) + "` has values but no label");
            }
        }
    }

    private void checkSight(List<TableColumn> columns) {
        for (TableColumn column : columns) {
            if (sheet.hiddenColumns().get(column.index())) {
                source.report(
                        FindingCode.HIDDEN_COLUMN,
                        row,
                        column.index(),
                        "column `" + Address.letters(column.index()) + "` is hidden");
            }
        }
    }

    private void checkKinds(List<TableColumn> columns, int title, boolean authority) {
        Set<ColumnKind> kinds = new HashSet<>();
        columns.forEach(it -> kinds.add(it.kind()));
        if (kinds.contains(ColumnKind.BROKEN)) {
            return;
        }
        missing(kinds.contains(ColumnKind.NAME), FindingCode.MISSING_ID, title, "the rows' ids");
        missing(kinds.contains(ColumnKind.BECAUSE), FindingCode.MISSING_BECAUSE, title, "the reasons");
        boolean effect = kinds.contains(authority ? ColumnKind.GRANT : ColumnKind.REQUIRE);
        missing(effect, FindingCode.MISSING_EFFECT, title, "the modes");
    }

    private void missing(boolean there, FindingCode code, int title, String what) {
        if (!there) {
            source.report(code, title, sheet.row(title).first(), "the table has no column for " + what);
        }
    }
}
