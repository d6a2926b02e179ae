package io.leeway.policy.table;

import io.leeway.policy.PathScope;
import io.leeway.policy.Suggestion;
import io.leeway.policy.check.FindingCode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the four rows between a table's title and its data: types, objects, snippets, labels. */
final class ColumnReader {
    private static final Pattern OBJECT = Pattern.compile("\\$p\\s*:\\s*Proposal\\s*(\\.\\.\\.)?");
    private static final Pattern FUNCTION =
            Pattern.compile("(verdict\\s*\\.\\s*)?([A-Za-z0-9_]+)\\s*\\(.*", Pattern.DOTALL);

    private final Sheet sheet;
    private final Source source;
    private final PathScope scope;
    private final int title;
    private final int last;

    /**
     * Reads the columns of one table.
     *
     * @param title the row of {@code RuleTable}
     * @param last the last row of the table that is not blank
     */
    ColumnReader(Sheet sheet, Source source, PathScope scope, int title, int last) {
        this.sheet = sheet;
        this.source = source;
        this.scope = scope;
        this.title = title;
        this.last = last;
    }

    private int types() {
        return title + 1;
    }

    private int objects() {
        return title + 2;
    }

    private int snippets() {
        return title + 3;
    }

    private int labels() {
        return title + 4;
    }

    List<TableColumn> read() {
        BitSet used =
                SheetRow.columns(sheet.rows().subMap(types(), true, last, true).values());
        List<TableColumn> columns = new ArrayList<>();
        for (int index = used.nextSetBit(0); index >= 0; index = used.nextSetBit(index + 1)) {
            TableColumn column = column(index);
            columns.add(column);
            if (sheet.hiddenColumns().get(index)) {
                source.report(
                        FindingCode.HIDDEN_COLUMN,
                        labels(),
                        index,
                        "column `" + Address.letters(index) + "` is hidden");
            }
            if (sheet.at(types(), index) != null && sheet.shown(labels(), index) == null) {
                source.report(FindingCode.MISSING_LABEL, labels(), index, "the column has no label");
            }
        }
        checkKinds(columns);
        return columns;
    }

    private TableColumn column(int index) {
        String type = sheet.text(types(), index);
        if (!ColumnKind.types().contains(type)) {
            CellValue found = sheet.at(types(), index);
            String message = found == null
                    ? "the column has no type"
                    : "unknown column type " + (type.isEmpty() ? found.described() : "`" + type + "`")
                            + Suggestion.didYouMean(type, ColumnKind.types());
            source.report(FindingCode.UNKNOWN_COLUMN_TYPE, types(), index, message);
            return new TableColumn(index, ColumnKind.BROKEN, null);
        }
        object(type, index);
        CellValue snippet = sheet.at(snippets(), index);
        if (type.equals("CONDITION")) {
            ConditionSnippet condition = condition(snippet, index);
            return new TableColumn(index, condition == null ? ColumnKind.BROKEN : ColumnKind.CONDITION, condition);
        }
        return new TableColumn(index, kind(type, snippet, index), null);
    }

    private void object(String type, int index) {
        boolean condition = type.equals("CONDITION");
        CellValue found = condition ? sheet.shown(objects(), index) : sheet.at(objects(), index);
        if (!condition && found != null) {
            source.report(
                    FindingCode.UNEXPECTED_SNIPPET,
                    objects(),
                    index,
                    found.described() + " in the object row, only conditions have an object");
        } else if (condition && !OBJECT.matcher(text(found)).matches()) {
            String described = found == null ? "nothing" : found.described();
            source.report(
                    FindingCode.WRONG_OBJECT,
                    objects(),
                    index,
                    "found " + described + " in the object row, expected `$p : Proposal`");
        }
    }

    private @Nullable ConditionSnippet condition(@Nullable CellValue snippet, int index) {
        if (text(snippet).isEmpty()) {
            missingSnippet(snippet, index);
            return null;
        }
        try {
            return SnippetParser.parse(text(snippet), scope);
        } catch (SnippetException e) {
            source.report(e.code(), snippets(), index, e.reason());
            return null;
        }
    }

    private ColumnKind kind(String type, @Nullable CellValue snippet, int index) {
        List<ColumnKind> kinds = ColumnKind.of(type);
        if (kinds.get(0).snippet().isEmpty()) {
            if (snippet != null) {
                source.report(
                        FindingCode.UNEXPECTED_SNIPPET,
                        snippets(),
                        index,
                        snippet.described() + " in the snippet row, a column of type " + type + " has no snippet");
            }
            return kinds.get(0);
        }
        String text = text(snippet);
        ColumnKind kind = ColumnKind.of(type, text);
        if (kind != null) {
            return kind;
        }
        if (text.isEmpty()) {
            missingSnippet(snippet, index);
        } else {
            badSnippet(text, kinds, index);
        }
        return ColumnKind.BROKEN;
    }

    private void badSnippet(String text, List<ColumnKind> kinds, int index) {
        List<String> snippets = kinds.stream().map(ColumnKind::snippet).toList();
        Matcher function = FUNCTION.matcher(text);
        String name = function.matches() ? function.group(2) : "";
        for (String snippet : snippets) {
            if (snippet.contains(name + "(") && !name.isEmpty()) {
                source.report(
                        FindingCode.BAD_SNIPPET,
                        snippets(),
                        index,
                        "found `" + text + "`, expected exactly `" + snippet + "`");
                return;
            }
        }
        source.report(
                FindingCode.UNKNOWN_FUNCTION,
                snippets(),
                index,
                "unknown function in `" + text + "`, allowed are `" + String.join("` `", snippets) + "`");
    }

    private void missingSnippet(@Nullable CellValue snippet, int index) {
        String message =
                snippet == null ? "the column has no snippet" : "found " + snippet.described() + " as a snippet";
        source.report(FindingCode.BAD_SNIPPET, snippets(), index, message);
    }

    private void checkKinds(List<TableColumn> columns) {
        Map<ColumnKind, Integer> first = new EnumMap<>(ColumnKind.class);
        for (TableColumn column : columns) {
            Integer earlier = first.putIfAbsent(column.kind(), column.index());
            if (earlier != null && !column.kind().isRepeatable()) {
                String snippet = column.kind().snippet();
                source.report(
                        FindingCode.REPEATED_COLUMN,
                        snippet.isEmpty() ? types() : snippets(),
                        column.index(),
                        "column " + Address.letters(earlier) + " is `"
                                + (snippet.isEmpty() ? column.kind().type() : snippet) + "` already");
            }
        }
        if (first.containsKey(ColumnKind.BROKEN)) {
            return;
        }
        missing(FindingCode.MISSING_ID, first.containsKey(ColumnKind.NAME), "`NAME`, the rows' ids");
        missing(FindingCode.MISSING_BECAUSE, first.containsKey(ColumnKind.BECAUSE), "`verdict.because`");
        boolean effect = first.containsKey(ColumnKind.GRANT) || first.containsKey(ColumnKind.REQUIRE);
        missing(FindingCode.MISSING_EFFECT, effect, "`verdict.grant` or `verdict.require`");
    }

    private void missing(FindingCode code, boolean there, String what) {
        if (!there) {
            source.report(code, title, sheet.row(title).first(), "the table has no column for " + what);
        }
    }

    private static String text(@Nullable CellValue value) {
        if (value instanceof CellValue.Text it) {
            return it.text().strip();
        }
        return value instanceof CellValue.Untyped it ? it.text().strip() : "";
    }
}
