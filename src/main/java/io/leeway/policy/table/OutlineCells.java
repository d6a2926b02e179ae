package io.leeway.policy.table;

import io.leeway.policy.Numbers;
import io.leeway.policy.PathScope;
import io.leeway.policy.PathType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** Turns cells into the values that they stand for, so that any kind of file can hold them. */
final class OutlineCells {
    private final CellReader cells;
    private final ConditionReader conditions;

    OutlineCells(Source source) {
        this.cells = new CellReader(source);
        this.conditions = new ConditionReader(source, cells, PathScope.UNBOUND);
    }

    /** The value of a cell of the Drools layout, in a column of that kind. */
    @Nullable
    Object strict(ColumnLabel column, @Nullable CellValue cell) {
        if (cell == null) {
            return null;
        }
        ConditionSnippet condition = column.condition();
        if (condition != null) {
            return condition(condition, cell);
        }
        return switch (column.kind()) {
            case FIRST_DAY, LAST_DAY -> cells.date(cell, 0, 0);
            case APPROVERS, OBLIGE -> joined(cell, 2);
            default -> plain(cell);
        };
    }

    private @Nullable Object condition(ConditionSnippet condition, CellValue cell) {
        if (condition.arity() == ConditionSnippet.FIXED) {
            return true;
        }
        if (condition.arity() > 1) {
            return joined(cell, condition.arity());
        }
        for (ConditionSnippet.Comparison comparison : condition.comparisons()) {
            if (!comparison.operand().isFixed() && comparison.type() == PathType.NUMBER) {
                return cells.number(cell, 0, 0);
            }
            if (!comparison.operand().isFixed() && comparison.type() == PathType.FLAG) {
                return cells.flag(cell, 0, 0);
            }
        }
        return plain(cell);
    }

    private @Nullable String joined(CellValue cell, int count) {
        var parts = conditions.parts(cell, count, 0, 0);
        return parts == null ? null : String.join(", ", parts);
    }

    /** The value of a cell; of one in CSV, the number or the day that it reads as. */
    static @Nullable Object typed(@Nullable CellValue cell) {
        String text = cell instanceof CellValue.Untyped untyped ? untyped.text().strip() : "";
        BigDecimal number = Numbers.parse(text);
        LocalDate day = CellReader.isoDate(text);
        return number != null ? number : day != null ? day : plain(cell);
    }

    /** The value of a cell as it is. */
    static @Nullable Object plain(@Nullable CellValue cell) {
        if (cell instanceof CellValue.Decimal decimal) {
            return Numbers.normal(decimal.number());
        }
        if (cell instanceof CellValue.Flag flag) {
            return flag.value();
        }
        if (cell instanceof CellValue.Moment moment) {
            boolean day = moment.time().toLocalTime().equals(LocalTime.MIDNIGHT);
            return day ? moment.time().toLocalDate() : moment.time().toString();
        }
        return cell == null ? null : CellReader.raw(cell);
    }
}
