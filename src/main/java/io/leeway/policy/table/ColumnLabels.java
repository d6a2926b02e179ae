package io.leeway.policy.table;

import io.leeway.policy.Suggestion;
import io.leeway.policy.check.Findings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The labels that plain sheets may use: those of the version's {@code Columns} sheets, and where they say nothing the shipped ones. */
final class ColumnLabels {
    private static final String SHIPPED = "columns.csv";

    private final List<ColumnLabel> own = new ArrayList<>();

    /** Read when first needed, and then for good. */
    private static final class Shipped {
        static final List<ColumnLabel> LABELS = read();

        private static List<ColumnLabel> read() {
            Findings findings = new Findings();
            List<ColumnLabel> labels = new ArrayList<>();
            try (InputStream csv = ColumnLabels.class.getResourceAsStream(SHIPPED)) {
                if (csv == null) {
                    throw new IllegalStateException(SHIPPED + " is missing");
                }
                Source source = new Source(SHIPPED, null, "", findings);
                Sheet sheet = CsvFile.read(csv.readAllBytes());
                ColumnsSheet.read(sheet, source, new CellReader(source), labels);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (UnreadableFileException e) {
                throw new IllegalStateException(SHIPPED, e);
            }
            if (findings.hasErrors()) {
                throw new IllegalStateException(findings.sorted().toString());
            }
            return List.copyOf(labels);
        }
    }

    /** Those that are shipped. */
    static List<ColumnLabel> shipped() {
        return Shipped.LABELS;
    }

    void read(Sheet sheet, Source source, CellReader cells) {
        ColumnsSheet.read(sheet, source, cells, own);
    }

    /** What a label stands for in a table of that kind; null when there is none of that name. */
    @Nullable
    ColumnLabel find(String label, boolean authority) {
        ColumnLabel found = find(own, label, authority);
        return found == null ? find(shipped(), label, authority) : found;
    }

    private static @Nullable ColumnLabel find(List<ColumnLabel> labels, String label, boolean authority) {
        return labels.stream()
                .filter(it -> it.label().equals(label) && it.suits(authority))
                .findFirst()
                .orElse(null);
    }

    /** Says that there is no such label in a table of that kind. */
    String unknown(String found, boolean authority) {
        List<String> names = new ArrayList<>();
        for (List<ColumnLabel> labels : List.of(own, shipped())) {
            labels.stream().filter(it -> it.suits(authority)).forEach(it -> names.add(it.label()));
        }
        return "unknown label `" + found + "`" + Suggestion.didYouMean(found, names);
    }
}
