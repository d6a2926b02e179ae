package io.leeway.policy.table;

import io.leeway.policy.PathScope;
import io.leeway.policy.Suggestion;
import io.leeway.policy.TestInput;
import io.leeway.policy.check.FindingCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The header of a {@code Tests} sheet. Columns are counted from 0.
 *
 * @param row where it stands
 * @param id the column of the ids
 * @param inputs what each column gives, from left to right
 * @param expectations the columns of what is expected, by their headings
 */
record TestsHeader(int row, int id, Map<Integer, TestInput> inputs, Map<String, Integer> expectations) {
    static final String MODE = "expect.mode";
    static final String ROWS = "expect.rows";
    static final String BECAUSE = "expect.because";

    private static final String ID = "Id";
    private static final String EXPECT = "expect";
    private static final List<String> EXPECTATIONS = List.of(MODE, ROWS, BECAUSE);

    /** Reads it; null when something in it is wrong, which has then been reported. */
    static @Nullable TestsHeader read(Sheet sheet, Source source, PathScope scope) {
        Integer row = HeaderRow.find(sheet, TestsSheet.WORD);
        if (row == null) {
            source.report(
                    FindingCode.MISSING_COLUMN,
                    "the sheet has no header, expected `Id`, what is given, `" + MODE + "`");
            return null;
        }
        return new Reader(sheet, source, scope, row).read();
    }

    /** The headings from left to right, in canonical spelling. */
    List<String> headings() {
        TreeMap<Integer, String> headings = new TreeMap<>(Map.of(id, ID));
        inputs.forEach((column, input) -> headings.put(column, input.text()));
        expectations.forEach((heading, column) -> headings.put(column, heading));
        return List.copyOf(headings.values());
    }

    boolean isColumn(int column) {
        return column == id || inputs.containsKey(column) || expectations.containsValue(column);
    }

    private static final class Reader {
        private final Sheet sheet;
        private final Source source;
        private final PathScope scope;
        private final int row;
        private final Map<Integer, TestInput> inputs = new LinkedHashMap<>();
        private final Map<String, Integer> fixed = new LinkedHashMap<>();
        private boolean sound = true;

        Reader(Sheet sheet, Source source, PathScope scope, int row) {
            this.sheet = sheet;
            this.source = source;
            this.scope = scope;
            this.row = row;
        }

        @Nullable
        TestsHeader read() {
            SheetRow cells = sheet.row(row);
            for (int column = cells.first(); column >= 0; column = cells.next(column + 1)) {
                column(column, sheet.text(row, column));
            }
            Integer id = fixed.remove(ID);
            if (sound && id == null) {
                wrong(FindingCode.MISSING_COLUMN, cells.first(), "no column `" + ID + "`");
            }
            if (sound && fixed.isEmpty()) {
                wrong(
                        FindingCode.MISSING_COLUMN,
                        cells.first(),
                        "no column `" + String.join("`, `", EXPECTATIONS) + "`");
            }
            return sound && id != null ? new TestsHeader(row, id, inputs, fixed) : null;
        }

        private void column(int column, String heading) {
            if (heading.equals(ID) || EXPECTATIONS.contains(heading)) {
                if (fixed.putIfAbsent(heading, column) != null) {
                    repeated(column, heading);
                }
            } else if (heading.toLowerCase(Locale.ROOT).startsWith(EXPECT)) {
                wrong(
                        FindingCode.UNKNOWN_COLUMN,
                        column,
                        "unknown column `" + heading + "`" + Suggestion.didYouMean(heading, EXPECTATIONS));
            } else if (heading.equalsIgnoreCase(ID)) {
                wrong(
                        FindingCode.UNKNOWN_COLUMN,
                        column,
                        "unknown column `" + heading + "`, did you mean `" + ID + "`?");
            } else {
                input(column, heading);
            }
        }

        private void input(int column, String heading) {
            TestInput.Lookup lookup = TestInput.parse(heading, scope);
            if (lookup instanceof TestInput.Found found) {
                if (inputs.containsValue(found.input())) {
                    repeated(column, heading);
                } else {
                    inputs.put(column, found.input());
                }
            } else if (lookup instanceof TestInput.Unknown unknown) {
                wrong(SnippetParser.code(unknown.reason()), column, unknown.message());
            }
        }

        private void repeated(int column, String heading) {
            wrong(FindingCode.UNKNOWN_COLUMN, column, "repeated column `" + heading + "`");
        }

        private void wrong(FindingCode code, int column, String message) {
            source.report(code, row, column, message);
            sound = false;
        }
    }
}
