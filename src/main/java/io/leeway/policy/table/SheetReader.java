package io.leeway.policy.table;

import io.leeway.policy.ActionType;
import io.leeway.policy.AttributeType;
import io.leeway.policy.Guarantee;
import io.leeway.policy.PathScope;
import io.leeway.policy.ReferenceData;
import io.leeway.policy.Suggestion;
import io.leeway.policy.TestCase;
import io.leeway.policy.check.Declarations.Declared;
import io.leeway.policy.check.DraftTable;
import io.leeway.policy.check.FindingCode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Finds out what a sheet is, and reads it. Collects over all sheets of a version. */
final class SheetReader {
    /** Sheets that stand beside the tables. */
    private static final List<String> BESIDE = List.of(
            VocabularySheet.WORD,
            ActionsSheet.WORD,
            TestsSheet.WORD,
            GuaranteesSheet.WORD,
            ColumnsSheet.WORD,
            NamedLists.WORD,
            CalendarsSheet.WORD,
            RatesSheet.WORD);

    /**
     * Sheets for people that we write ourselves: the list in an annotated copy, which is checked again once mended, and the
     * explanations in a template. Should a table stand in one, it is read like any other.
     */
    private static final List<String> OURS = List.of(FindingsSheet.NAME, HowToSheet.NAME);

    private static final List<String> KEYWORDS = List.of("RuleSet", "RuleTable");

    private final LocalDate today;
    private final List<DraftTable> tables = new ArrayList<>();
    /** What asks for labels, lists, days or rates is read last: those may stand in any file. */
    private final List<Runnable> waiting = new ArrayList<>();

    private final ColumnLabels labels = new ColumnLabels();
    private final NamedLists lists = new NamedLists();
    private final CalendarsSheet calendars = new CalendarsSheet();
    private final RatesSheet rates = new RatesSheet();
    private final List<Declared<AttributeType>> attributes = new ArrayList<>();
    private final List<Declared<ActionType>> actions = new ArrayList<>();
    private final List<TestCase> tests = new ArrayList<>();
    private final List<Guarantee> guarantees = new ArrayList<>();

    SheetReader(LocalDate today) {
        this.today = today;
    }

    /** The tables of all sheets, read now. */
    List<DraftTable> tables() {
        waiting.forEach(Runnable::run);
        waiting.clear();
        return tables;
    }

    /** The days and rates of all sheets. */
    ReferenceData data() {
        return new ReferenceData(calendars.calendars(), rates.rates());
    }

    List<Declared<AttributeType>> attributes() {
        return attributes;
    }

    List<Declared<ActionType>> actions() {
        return actions;
    }

    List<TestCase> tests() {
        return tests;
    }

    List<Guarantee> guarantees() {
        return guarantees;
    }

    /** What the sheet is called: in CSV by its first cell. */
    static String word(Sheet sheet) {
        String first =
                sheet.rows().isEmpty() ? "" : sheet.firstText(sheet.rows().firstKey());
        return sheet.name() == null ? first : sheet.name();
    }

    /** Whether a sheet of that name stands beside the tables, the same in either layout. */
    static boolean isBeside(String word) {
        return BESIDE.contains(word);
    }

    void read(Sheet sheet, Source source) {
        String word = word(sheet);
        CellReader cells = new CellReader(source);
        if (word.equals(VocabularySheet.WORD)) {
            checkSight(sheet, source);
            VocabularySheet.read(sheet, source, cells, attributes::add);
        } else if (word.equals(ActionsSheet.WORD)) {
            checkSight(sheet, source);
            ActionsSheet.read(sheet, source, cells, actions::add);
        } else if (word.equals(TestsSheet.WORD)) {
            checkSight(sheet, source);
            waiting.add(() -> TestsSheet.read(sheet, source, cells, PathScope.of(data()), tests::add));
        } else if (word.equals(GuaranteesSheet.WORD)) {
            checkSight(sheet, source);
            waiting.add(() -> GuaranteesSheet.read(sheet, source, cells, PathScope.of(data()), guarantees::add));
        } else if (word.equals(ColumnsSheet.WORD)) {
            checkSight(sheet, source);
            labels.read(sheet, source, cells);
        } else if (word.equals(NamedLists.WORD)) {
            checkSight(sheet, source);
            lists.read(sheet, source, cells);
        } else if (word.equals(CalendarsSheet.WORD)) {
            checkSight(sheet, source);
            calendars.read(sheet, source, cells);
        } else if (word.equals(RatesSheet.WORD)) {
            checkSight(sheet, source);
            rates.read(sheet, source, cells);
        } else if (PlainSheet.isOne(sheet)) {
            checkSheet(sheet, source);
            waiting.add(() -> tables.addAll(PlainSheet.read(sheet, source, cells, today, labels, lists, data())));
        } else if (hasTables(sheet)) {
            checkSheet(sheet, source);
            waiting.add(() -> tables(sheet, source, cells));
        } else {
            other(sheet, source, word);
        }
    }

    /** Whether a row begins as the Drools layout does, or as somebody would misspell it. */
    static boolean hasTables(Sheet sheet) {
        return sheet.rows().keySet().stream().map(sheet::firstText).anyMatch(SheetReader::isKeyword);
    }

    private static boolean isKeyword(String text) {
        return TableReader.isTitle(text)
                || Suggestion.isNear(text, "RuleSet")
                || !Suggestion.nearest(text.split("\\s", 2)[0], KEYWORDS).isEmpty();
    }

    private static void other(Sheet sheet, Source source, String word) {
        for (String known : BESIDE) {
            if (Suggestion.isNear(word, known)) {
                source.report(FindingCode.UNKNOWN_SHEET, "unknown sheet `" + word + "`, did you mean `" + known + "`?");
                return;
            }
        }
        if (PlainSheet.isNearlyOne(sheet)) {
            source.report(
                    FindingCode.MISSING_TABLE,
                    "a line nearly begins a table, did you mean `May act <title>` or `Needs at least <title>`?");
        } else if (!OURS.contains(word)) {
            source.report(FindingCode.IGNORED_SHEET, "ignored: it has no `RuleSet`, no `RuleTable`, no `May act`");
        }
    }

    private void tables(Sheet sheet, Source source, CellReader cells) {
        List<Integer> titles = TableReader.titles(sheet);
        int end = titles.isEmpty() ? Address.ROWS : titles.get(0);
        Head head = new HeadReader(sheet, source, cells, today, false).read(end);
        if (titles.isEmpty()) {
            source.report(FindingCode.MISSING_TABLE, "the sheet has a `RuleSet` but no `RuleTable`");
        }
        TableReader reader = new TableReader(sheet, source, cells, head, data());
        for (int i = 0; i < titles.size(); i++) {
            int next = i + 1 < titles.size() ? titles.get(i + 1) : Address.ROWS;
            int last = sheet.rows().lowerKey(next);
            tables.add(reader.read(titles.get(i), last));
        }
    }

    private static void checkSheet(Sheet sheet, Source source) {
        if (sheet.hidden()) {
            source.report(FindingCode.HIDDEN_SHEET, "sheet `" + sheet.name() + "` is hidden");
        }
        sheet.rows().forEach((row, cells) -> {
            for (int column = cells.first(); column >= 0; column = cells.next(column + 1)) {
                if (cells.at(column) instanceof CellValue.Formula formula) {
                    source.report(FindingCode.FORMULA, row, column, formula.described());
                }
            }
        });
        checkMarks(sheet, source);
    }

    /** People strike out what shall not hold any more, and write into notes what shall: neither changes what is decided. */
    private static void checkMarks(Sheet sheet, Source source) {
        int reported = -1;
        for (Address cell : sheet.struck()) {
            if (cell.row() > reported) {
                source.report(
                        FindingCode.STRIKE_THROUGH,
                        cell.row(),
                        cell.column(),
                        "text in row `" + (cell.row() + 1) + "` is struck through, and counts all the same");
                reported = cell.row();
            }
        }
        for (Address cell : sheet.notes()) {
            source.report(
                    FindingCode.CELL_NOTE, cell.row(), cell.column(), "the cell has a note, which decides nothing");
        }
    }

    /** The declarations decide too: nothing of them may be hidden or merged away. */
    private static void checkSight(Sheet sheet, Source source) {
        checkSheet(sheet, source);
        for (int row : sheet.rows().keySet()) {
            int first = sheet.row(row).first();
            if (sheet.hiddenRows().get(row)) {
                source.report(FindingCode.HIDDEN_ROW, row, first, "row `" + (row + 1) + "` is hidden");
            }
        }
        SheetRow.columns(sheet.rows().values()).stream()
                .filter(sheet.hiddenColumns()::get)
                .forEach(column -> source.report(
                        FindingCode.HIDDEN_COLUMN,
                        sheet.rows().firstKey(),
                        column,
                        "column `" + Address.letters(column) + "` is hidden"));
        sheet.merged().stream()
                .filter(it -> it.lastRow() > it.firstRow()
                        || it.firstRow() > sheet.rows().firstKey())
                .forEach(it -> source.report(
                        FindingCode.MERGED_DATA,
                        it.firstRow(),
                        it.firstColumn(),
                        "merged cells among the declarations"));
    }
}
