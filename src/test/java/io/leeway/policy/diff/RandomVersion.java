package io.leeway.policy.diff;

import io.leeway.policy.PolicyFile;
import io.leeway.testing.SheetBuilder;
import io.leeway.testing.WorkbookWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/** A version as nothing but rows of cells by label, changed at random, and written down in ever new arrangements. */
final class RandomVersion {
    private static final List<String> LABELS =
            List.of("Action", "Agent", "Subject", "Amount up to", "Mode", "Because", "Ticket", "Until");
    private static final List<String> WORDS =
            List.of("billing.adjust", "a, b", "any", "007", "7", "not x", "500", "500.00", "TRUE", "Ünïcödé, too");
    private static final List<String> NUMBERS = List.of("5", "500", "2000", "0.25");

    private final Random random;
    /** Cells that are not blank, by the label, by the id. */
    private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();

    private int ids;

    RandomVersion(Random random) {
        this.random = random;
        for (int i = 3 + random.nextInt(12); i > 0; i--) {
            rows.put("R-" + ids++, row());
        }
    }

    private Map<String, String> row() {
        Map<String, String> cells = new LinkedHashMap<>();
        LABELS.forEach(label -> change(cells, label));
        cells.put("Because", "Why not.");
        return cells;
    }

    private void change(Map<String, String> cells, String label) {
        if (random.nextInt(4) == 0) {
            cells.remove(label);
        } else {
            cells.put(label, pick(label.equals("Amount up to") ? NUMBERS : WORDS));
        }
    }

    /**
     * Changes a few cells and rows.
     *
     * @return what was done, by id and label: {@code "CHANGED R-1 Mode: a > b"}; of rows their ids
     */
    TreeSet<String> change() {
        TreeSet<String> done = new TreeSet<>();
        for (String id : List.copyOf(rows.keySet())) {
            switch (random.nextInt(8)) {
                case 0 -> {
                    rows.remove(id);
                    done.add("REMOVED " + id);
                }
                case 1 -> {
                    String added = "R-" + ids++;
                    rows.put(added, row());
                    done.add("ADDED " + added);
                }
                case 2, 3 -> changeCells(id, done);
                default -> {}
            }
        }
        return done;
    }

    private void changeCells(String id, TreeSet<String> done) {
        Map<String, String> cells = rows.get(id);
        Map<String, String> were = new LinkedHashMap<>(cells);
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            change(cells, pick(LABELS));
        }
        for (String label : LABELS) {
            String was = were.get(label);
            String is = cells.get(label);
            if (was == null ? is != null : !was.equals(is)) {
                String kind = was == null ? "ADDED " : is == null ? "REMOVED " : "CHANGED ";
                done.add(kind + id + " " + label + ": " + was + " > " + is);
            }
        }
    }

    /** The version in some arrangement: of files, sheets, tables, rows and columns, and of zeros behind numbers in CSV. */
    List<PolicyFile> files() {
        List<SheetBuilder> sheets = new ArrayList<>();
        List<String> left = new ArrayList<>(rows.keySet());
        Collections.shuffle(left, random);
        boolean csv = random.nextBoolean();
        while (!left.isEmpty()) {
            SheetBuilder sheet = SheetBuilder.sheet("Sheet " + random.nextInt(100) + "-" + sheets.size())
                    .line("Owner", "me");
            for (int tables = random.nextInt(3); tables >= 0 && !left.isEmpty(); tables--) {
                table(sheet, "Table " + random.nextInt(1_000) + "-" + left.size(), left, csv);
            }
            sheets.add(sheet);
        }
        List<PolicyFile> files = new ArrayList<>();
        if (csv) {
            sheets.forEach(it -> files.add(it.csv("f" + files.size() + ".csv")));
        } else {
            files.add(WorkbookWriter.xlsx("f.xlsx", sheets.toArray(SheetBuilder[]::new)));
        }
        return files;
    }

    private void table(SheetBuilder sheet, String title, List<String> left, boolean csv) {
        List<String> labels = new ArrayList<>(LABELS);
        labels.add("Id");
        Collections.shuffle(labels, random);
        sheet.line("May act", title).line(labels.toArray());
        for (int count = 1 + random.nextInt(6); count > 0 && !left.isEmpty(); count--) {
            String id = left.remove(0);
            Map<String, String> cells = rows.get(id);
            sheet.line(labels.stream()
                    .map(label -> label.equals("Id") ? id : written(label, cells.get(label), csv))
                    .toArray());
        }
    }

    private Object written(String label, String text, boolean csv) {
        if (text == null || !label.equals("Amount up to")) {
            return text;
        }
        return csv ? text + (text.contains(".") ? "00" : pick(List.of("", ".0", ".00"))) : SheetBuilder.value(text);
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
