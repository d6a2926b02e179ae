package io.leeway.policy.proof;

import io.leeway.policy.Condition;
import io.leeway.policy.Row;
import io.leeway.policy.explain.ConditionReading;
import io.leeway.policy.explain.RowReading;
import java.util.ArrayList;
import java.util.List;

/** Which rows the tests reach, and which of their conditions they show from both sides. Exact: every row, every test. */
public record Coverage(List<RowCoverage> rows) {
    public Coverage {
        rows = List.copyOf(rows);
    }

    /**
     * One row.
     *
     * @param tests how many tests match it
     */
    public record RowCoverage(Row row, int tests, List<ConditionCoverage> conditions) {
        public RowCoverage {
            conditions = List.copyOf(conditions);
        }

        /** Whether a test matches it. */
        public boolean isCovered() {
            return tests > 0;
        }
    }

    /**
     * One condition.
     *
     * @param held whether it held in a test that the row matches
     * @param failedAlone whether in some test it alone kept the row from matching: what shows that it is needed
     */
    public record ConditionCoverage(Condition condition, boolean held, boolean failedAlone) {
        public boolean isShownFromBothSides() {
            return held && failedAlone;
        }
    }

    /** @param trials the tests that ran; those that were refused reach nothing */
    public static Coverage of(List<Row> rows, List<Trial> trials) {
        List<Trial> decided =
                trials.stream().filter(trial -> trial.verdict() != null).toList();
        List<RowCoverage> coverage = new ArrayList<>();
        for (Row row : rows) {
            coverage.add(of(row, decided));
        }
        return new Coverage(coverage);
    }

    private static RowCoverage of(Row row, List<Trial> trials) {
        boolean[] alone = new boolean[row.conditions().size()];
        int tests = 0;
        for (Trial trial : trials) {
            if (trial.evaluation().rows().contains(row)) {
                tests++;
                continue;
            }
            RowReading reading = RowReading.of(row, trial.proposal());
            if (reading.live() && reading.isNearMiss()) {
                List<ConditionReading> conditions = reading.conditions();
                for (int i = 0; i < alone.length; i++) {
                    alone[i] |= !conditions.get(i).holds();
                }
            }
        }
        List<ConditionCoverage> conditions = new ArrayList<>();
        for (int i = 0; i < alone.length; i++) {
            conditions.add(new ConditionCoverage(row.conditions().get(i), tests > 0, alone[i]));
        }
        return new RowCoverage(row, tests, conditions);
    }

    /** How many rows a test matches. */
    public long covered() {
        return rows.stream().filter(RowCoverage::isCovered).count();
    }

    /** The rows that no test matches. */
    public List<Row> uncovered() {
        return rows.stream()
                .filter(row -> !row.isCovered())
                .map(RowCoverage::row)
                .toList();
    }
}
