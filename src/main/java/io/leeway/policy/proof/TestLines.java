package io.leeway.policy.proof;

import io.leeway.policy.TestInput;
import io.leeway.policy.proof.BoundaryCases.BoundaryCase;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Boundary cases as lines of CSV, to be pasted under a {@code Tests} sheet. */
public final class TestLines {
    private TestLines() {}

    /** The header and one line for each case; what a case does not say stays blank. */
    public static List<String> of(List<String> headings, List<BoundaryCase> cases) {
        List<String> lines = new ArrayList<>();
        lines.add(line(headings));
        for (BoundaryCase one : cases) {
            lines.add(line(headings.stream().map(heading -> cell(heading, one)).toList()));
        }
        return lines;
    }

    private static String cell(String heading, BoundaryCase one) {
        return switch (heading) {
            case "Id" -> one.id();
            case "expect.mode" -> one.trial().answer().words();
            case "expect.rows" ->
                one.trial().ruleIds().isEmpty()
                        ? "none"
                        : String.join(", ", one.trial().ruleIds());
            case "expect.because" -> one.trial().reason();
            default -> fact(heading, one.facts());
        };
    }

    private static String fact(String heading, Map<TestInput, Object> facts) {
        for (Map.Entry<TestInput, Object> fact : facts.entrySet()) {
            if (fact.getKey().text().equals(heading)) {
                Object value = fact.getValue();
                if (value instanceof BigDecimal number) {
                    return number.toPlainString();
                }
                return value instanceof Boolean flag ? (flag ? "TRUE" : "FALSE") : value.toString();
            }
        }
        return "";
    }

    private static String line(List<String> cells) {
        return cells.stream().map(TestLines::quoted).collect(Collectors.joining(","));
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> ",;\"\r\n".indexOf(c) >= 0);
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
