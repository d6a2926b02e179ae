package io.leeway.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.policy.Row;
import io.leeway.policy.proof.Coverage;
import io.leeway.policy.proof.Coverage.ConditionCoverage;
import io.leeway.policy.proof.Coverage.RowCoverage;
import io.leeway.policy.proof.TestResult;
import io.leeway.policy.proof.TestResult.Failure;
import io.leeway.policy.proof.TestRun;
import java.util.ArrayList;
import java.util.List;

/** Test results for people and for programs. */
final class TestReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TestReport() {}

    /**
     * What failed and why, then what the tests reach.
     *
     * @param missing how many boundary cases no test tries
     */
    static String text(TestRun run, Coverage coverage, int missing) {
        StringBuilder text = new StringBuilder();
        for (TestResult result : run.results()) {
            if (!result.passed()) {
                text.append("FAILED ")
                        .append(result.test().id())
                        .append("  ")
                        .append(result.test().place())
                        .append('\n');
                failures(result).forEach(line -> text.append("  ").append(line).append('\n'));
            }
        }
        long passed = run.results().stream().filter(TestResult::passed).count();
        text.append(passed + " of " + run.results().size() + " tests passed\n");
        text.append(coverage.covered() + " of " + coverage.rows().size() + " rows are matched by a test\n");
        for (Row row : coverage.uncovered()) {
            text.append("  not matched: " + row.id() + "  " + place(row) + "\n");
        }
        long conditions = coverage.rows().stream()
                .mapToLong(row -> row.conditions().size())
                .sum();
        text.append(shown(coverage) + " of " + conditions + " conditions are shown from both sides\n");
        if (missing > 0) {
            text.append(missing + " boundary cases are missing; --propose prints them\n");
        }
        return text.toString();
    }

    /** The failures of one test, indented by what they belong to. */
    static List<String> failures(TestResult result) {
        List<String> lines = new ArrayList<>();
        for (Failure failure : result.failures()) {
            lines.add(failure.cell() + ": expected " + failure.expected() + ", got " + failure.got());
            failure.why().forEach(why -> lines.add("  " + why));
        }
        return lines;
    }

    private static long shown(Coverage coverage) {
        return coverage.rows().stream()
                .flatMap(row -> row.conditions().stream())
                .filter(ConditionCoverage::isShownFromBothSides)
                .count();
    }

    private static String place(Row row) {
        return row.file() + (row.sheet() == null ? "" : " " + row.sheet()) + " " + row.range();
    }

    /** The same as one JSON object. */
    static String json(TestRun run, Coverage coverage, int missing) {
        ObjectNode report = JSON.createObjectNode();
        ArrayNode tests = report.putArray("tests");
        run.results().forEach(result -> test(tests.addObject(), result));
        ArrayNode rows = report.putArray("coverage");
        coverage.rows().forEach(row -> row(rows.addObject(), row));
        report.put("missingBoundaryCases", missing);
        return report.toPrettyString();
    }

    private static void test(ObjectNode node, TestResult result) {
        node.put("id", result.test().id());
        node.put("file", result.test().file());
        node.put("sheet", result.test().sheet());
        node.put("row", result.test().number());
        node.put("passed", result.passed());
        node.put("mode", result.trial().answer().words());
        ArrayNode matched = node.putArray("matched");
        result.trial().ruleIds().forEach(matched::add);
        ArrayNode failures = node.putArray("failures");
        for (Failure failure : result.failures()) {
            ObjectNode one = failures.addObject();
            one.put("cell", failure.cell());
            one.put("expected", failure.expected());
            one.put("got", failure.got());
            ArrayNode why = one.putArray("why");
            failure.why().forEach(why::add);
        }
    }

    private static void row(ObjectNode node, RowCoverage coverage) {
        node.put("rule", coverage.row().id());
        node.put("file", coverage.row().file());
        node.put("sheet", coverage.row().sheet());
        node.put("tests", coverage.tests());
        ArrayNode conditions = node.putArray("conditions");
        for (ConditionCoverage condition : coverage.conditions()) {
            ObjectNode one = conditions.addObject();
            one.put("cell", condition.condition().cell());
            one.put("path", condition.condition().path().text());
            one.put("held", condition.held());
            one.put("failedAlone", condition.failedAlone());
        }
    }
}
