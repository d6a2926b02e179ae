package io.leeway.policy.table;

import io.leeway.policy.Finding;
import io.leeway.policy.Numbers;
import io.leeway.policy.PathScope;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.TestInput;
import io.leeway.policy.check.Findings;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the workbooks of a version anew, in another layout or another kind of file. Headings, notes, colours and comments
 * are left behind. What is written is read again: unless every row means the same, nothing is given out.
 */
public final class Conversion {
    private final Layout layout;
    private final Format format;
    private final ColumnLabels labels = new ColumnLabels();
    private final NamedLists lists = new NamedLists();
    private final PlainGrid plain = new PlainGrid();
    private final List<PolicyFile> written = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private Conversion(Layout layout, Format format) {
        this.layout = layout;
        this.format = format;
    }

    /** How sheets are laid out. */
    public enum Layout {
        PLAIN,
        DROOLS
    }

    /** What kind of file they stand in. */
    public enum Format {
        XLSX,
        CSV
    }

    /**
     * What became of the files.
     *
     * @param files with unchanged DRL among them; empty when there are problems
     * @param problems for people: what is wrong with the files, or cannot be said in the other layout
     */
    public record Converted(List<PolicyFile> files, List<String> problems) {
        public Converted {
            files = List.copyOf(files);
            problems = List.copyOf(problems);
        }
    }

    /** Converts the files of one version; today (UTC) is the day of the check that comes first. */
    public static Converted convert(List<PolicyFile> files, Layout layout, Format format, LocalDate today) {
        Reading before = PolicyReader.read(files, today);
        if (before.tables() == null) {
            return new Converted(List.of(), errors(before));
        }
        List<PolicyFile> written = new Conversion(layout, format).write(files);
        Reading after = PolicyReader.read(written, today);
        if (after.tables() == null) {
            return new Converted(List.of(), errors(after));
        }
        List<String> differences = SameMeaning.differences(before.tables(), after.tables());
        return new Converted(differences.isEmpty() ? written : List.of(), differences);
    }

    private static List<String> errors(Reading reading) {
        return reading.findings().stream()
                .filter(Finding::isError)
                .map(Finding::toString)
                .toList();
    }

    /** A sheet, and where it comes from. */
    private record Found(Sheet sheet, Source source, String word) {}

    private List<PolicyFile> write(List<PolicyFile> files) {
        List<List<Found>> all = new ArrayList<>();
        for (PolicyFile file : files) {
            if (!file.isDrl()) {
                all.add(found(file));
            }
        }
        boolean columns = false;
        List<List<Grid>> grids = new ArrayList<>();
        for (List<Found> sheets : all) {
            List<Grid> grid = new ArrayList<>();
            sheets.stream().map(this::grid).forEach(it -> {
                if (it != null) {
                    grid.add(it);
                }
            });
            grids.add(grid);
        }
        int next = 0;
        for (PolicyFile file : files) {
            if (file.isDrl()) {
                written.add(file);
                continue;
            }
            List<Grid> sheets = grids.get(next++);
            Grid own = layout == Layout.PLAIN && !columns ? plain.columns() : null;
            if (own != null) {
                sheets.add(own);
                columns = true;
            }
            put(file, sheets);
        }
        return written;
    }

    private List<Found> found(PolicyFile file) {
        List<Found> found = new ArrayList<>();
        Findings unread = new Findings();
        try {
            for (Sheet sheet : PolicyReader.sheets(file)) {
                Source source = new Source(file.name(), sheet.name(), "", unread);
                String word = SheetReader.word(sheet);
                CellReader cells = new CellReader(source);
                if (word.equals(ColumnsSheet.WORD)) {
                    labels.read(sheet, source, cells);
                } else if (word.equals(NamedLists.WORD)) {
                    lists.read(sheet, source, cells);
                } else {
                    found.add(new Found(sheet, source, word));
                }
            }
        } catch (UnreadableFileException e) {
            throw new IllegalStateException("it was read before", e);
        }
        return found;
    }

    private @Nullable Grid grid(Found found) {
        Sheet sheet = found.sheet();
        String fileName = found.source().file().replaceFirst("\\.[^.]*$", "");
        if (SheetReader.isBeside(found.word())) {
            return copy(sheet, found.word(), numbers(sheet, found));
        }
        if (!PlainSheet.isOne(sheet) && !SheetReader.hasTables(sheet)) {
            return null;
        }
        SheetOutline outline = new OutlineReader(sheet, found.source(), labels, lists).read();
        String name = sheet.name() == null ? fileName : sheet.name();
        return layout == Layout.PLAIN ? plain.of(name, outline) : DroolsGrid.of(name, outline);
    }

    /** The columns of tests that give numbers: CSV does not tell them from texts, a workbook must. */
    private static Set<Integer> numbers(Sheet sheet, Found found) {
        TestsHeader header = found.word().equals(TestsSheet.WORD) && sheet.isCsv()
                ? TestsHeader.read(sheet, found.source(), PathScope.UNBOUND)
                : null;
        Set<Integer> numbers = new HashSet<>();
        if (header != null) {
            header.inputs().forEach((column, input) -> {
                if (input.kind() == TestInput.Kind.NUMBER) {
                    numbers.add(column);
                }
            });
        }
        return numbers;
    }

    private static Grid copy(Sheet sheet, String word, Set<Integer> numbers) {
        Grid grid = new Grid(word, word);
        // In CSV they look like text; a workbook wants numbers and dates.
        boolean rates = word.equals(RatesSheet.WORD);
        int next = 0;
        for (int row : sheet.rows().keySet()) {
            while (next++ < row) {
                grid.line();
            }
            List<@Nullable Object> line = new ArrayList<>();
            SheetRow cells = sheet.row(row);
            for (int column = cells.first(); column >= 0; column = cells.next(column + 1)) {
                while (line.size() < column) {
                    line.add(null);
                }
                Object value = rates ? OutlineCells.typed(cells.at(column)) : OutlineCells.plain(cells.at(column));
                BigDecimal number =
                        numbers.contains(column) && value instanceof String text ? Numbers.parse(text) : null;
                line.add(number == null ? value : number);
            }
            grid.line(line);
        }
        return grid;
    }

    private void put(PolicyFile file, List<Grid> grids) {
        String name = file.name().replaceFirst("\\.[^.]*$", "");
        if (grids.isEmpty()) {
            return;
        }
        if (format == Format.XLSX) {
            written.add(GridFiles.xlsx(free(name, ".xlsx"), grids));
            return;
        }
        for (Grid grid : grids) {
            String slug = grid.name().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-");
            String part = grids.size() == 1 || slug.equals(name) ? name : name + "-" + slug;
            written.add(GridFiles.csv(free(part, ".csv"), grid));
        }
    }

    private String free(String name, String suffix) {
        String free = name + suffix;
        for (int number = 2; !names.add(free); number++) {
            free = name + "-" + number + suffix;
        }
        return free;
    }
}
