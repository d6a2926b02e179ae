package io.leeway.policy.table;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.testing.SheetBuilder;
import io.leeway.testing.WorkbookWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A sound sheet with mistakes in it, as {@code bad-tables.yaml} and {@code bad-plain-tables.yaml} describe them; the head of the former says what each member means. */
record TableCase(
        String name,
        @Nullable String sheet,
        @Nullable Map<String, String> set,
        @Nullable Map<Integer, String> add,
        @Nullable Map<String, String> with,
        @Nullable List<String> merge,
        @Nullable List<Integer> hideRows,
        @Nullable List<String> hideColumns,
        boolean hideSheet,
        @Nullable List<String> strike,
        @Nullable List<String> notes,
        @Nullable String only,
        List<String> expect) {

    /** The sound sheets by name, and what is done to them. */
    record Catalogue(Map<String, String> sheets, List<TableCase> cases) {
        /** Those of both layouts. */
        static Catalogue read() throws IOException {
            Map<String, String> sheets = new LinkedHashMap<>();
            List<TableCase> cases = new ArrayList<>();
            for (String file : List.of("bad-tables.yaml", "bad-plain-tables.yaml")) {
                try (InputStream yaml = TableCase.class.getResourceAsStream("/cases/workbooks/" + file)) {
                    Catalogue catalogue = new ObjectMapper(new YAMLFactory()).readValue(yaml, Catalogue.class);
                    sheets.putAll(catalogue.sheets());
                    cases.addAll(catalogue.cases());
                }
            }
            return new Catalogue(sheets, cases);
        }
    }

    /** In which formats it can be written. */
    Stream<String> formats() {
        return Stream.of("xlsx", "csv").filter(format -> only == null || only.equals(format));
    }

    /** The files of the case. */
    List<PolicyFile> files(Map<String, String> bases, String format) {
        List<SheetBuilder> sheets = new ArrayList<>();
        sheets.add(main(bases.get(sheet == null ? "remit" : sheet)));
        or(with).forEach((name, text) ->
                sheets.add(SheetBuilder.of(name, text.lines().toList())));
        if (format.equals("xlsx")) {
            return List.of(WorkbookWriter.xlsx("policy.xlsx", sheets.toArray(SheetBuilder[]::new)));
        }
        List<PolicyFile> files = new ArrayList<>();
        files.add(sheets.get(0).csv("Main.csv"));
        List<String> names = List.copyOf(or(with).keySet());
        for (int i = 0; i < names.size(); i++) {
            files.add(sheets.get(i + 1).csv(names.get(i) + ".csv"));
        }
        return files;
    }

    private SheetBuilder main(String text) {
        SheetBuilder main = SheetBuilder.of("Main", text.lines().toList());
        or(set).forEach((cell, value) -> main.set(cell, value == null ? null : SheetBuilder.value(value)));
        or(add).forEach((row, line) -> {
            String[] cells = (" " + line + " ").split("\\s\\|(?=\\s)");
            for (int i = 0; i < cells.length; i++) {
                main.set((char) ('A' + i) + "" + row, SheetBuilder.value(cells[i].strip()));
            }
        });
        or(merge).forEach(main::merge);
        or(hideRows).forEach(main::hideRow);
        or(hideColumns).forEach(main::hideColumn);
        or(strike).forEach(main::strike);
        or(notes).forEach(main::note);
        return hideSheet ? main.hidden() : main;
    }

    /** As the cases name findings: {@code Sheet!code@cell}, without the sheet {@code Main}. */
    static String described(Finding finding) {
        String place = finding.sheet() == null ? finding.file().replace(".csv", "") : finding.sheet();
        return (place.equals("Main") ? "" : place + "!")
                + finding.code()
                + (finding.cell() == null ? "" : "@" + finding.cell());
    }

    private static <K, V> Map<K, V> or(@Nullable Map<K, V> map) {
        return map == null ? Map.of() : map;
    }

    private static <T> List<T> or(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
