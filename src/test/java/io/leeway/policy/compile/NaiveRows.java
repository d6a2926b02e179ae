package io.leeway.policy.compile;

import io.leeway.model.Effect;
import io.leeway.model.Mode;
import io.leeway.model.Proposal;
import io.leeway.policy.Condition;
import io.leeway.policy.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A second reading of what a row means, as plain as can be: a loop over values, without engine or shared predicates. */
public final class NaiveRows {
    private NaiveRows() {}

    /** Those that match. */
    public static List<Row> matching(List<Row> rows, Proposal proposal) {
        List<Row> matching = new ArrayList<>();
        for (Row row : rows) {
            if (matches(row, proposal)) {
                matching.add(row);
            }
        }
        return matching;
    }

    static Mode mode(List<Row> matched) {
        int authority = 2;
        int safeguards = 0;
        for (Row row : matched) {
            int mode = row.outcome().mode().ordinal();
            if (row.outcome().effect() == Effect.GRANT) {
                authority = Math.min(authority, mode);
            } else {
                safeguards = Math.max(safeguards, mode);
            }
        }
        return Mode.values()[Math.max(authority, safeguards)];
    }

    private static boolean matches(Row row, Proposal proposal) {
        String day = proposal.now().atZone(row.zone()).toLocalDate().toString();
        if (row.effective() != null && day.compareTo(row.effective().toString()) < 0) {
            return false;
        }
        if (row.expires() != null && day.compareTo(row.expires().toString()) > 0) {
            return false;
        }
        for (Condition condition : row.conditions()) {
            Object value = condition.path().read().apply(proposal);
            boolean holds;
            if (value instanceof String text) {
                holds = text(text, condition);
            } else if (value instanceof BigDecimal number) {
                holds = number(number, condition);
            } else if (value instanceof Boolean flag) {
                holds = condition.operator().symbol().equals("==")
                        == flag.toString().equals(condition.limit().toString());
            } else {
                holds = false;
            }
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    private static boolean text(String text, Condition condition) {
        switch (condition.operator().symbol()) {
            case "==":
                return text.equals(condition.limit());
            case "!=":
                return !text.equals(condition.limit());
            case "startsWith":
                return text.regionMatches(
                        0,
                        condition.limit().toString(),
                        0,
                        condition.limit().toString().length());
            case "in":
                for (Object one : (List<?>) condition.limit()) {
                    if (one.equals(text)) {
                        return true;
                    }
                }
                return false;
            case "not in":
                for (Object one : (List<?>) condition.limit()) {
                    if (one.equals(text)) {
                        return false;
                    }
                }
                return true;
            default:
                throw new AssertionError(condition);
        }
    }

    private static boolean number(BigDecimal number, Condition condition) {
        int sign = number.subtract((BigDecimal) condition.limit()).signum();
        switch (condition.operator().symbol()) {
            case "==":
                return sign == 0;
            case "!=":
                return sign != 0;
            case ">":
                return sign > 0;
            case ">=":
                return sign >= 0;
            case "<":
                return sign < 0;
            case "<=":
                return sign <= 0;
            default:
                throw new AssertionError(condition);
        }
    }
}
