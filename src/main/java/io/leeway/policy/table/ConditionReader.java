package io.leeway.policy.table;

import io.leeway.policy.Condition;
import io.leeway.policy.Numbers;
import io.leeway.policy.Operator;
import io.leeway.policy.Path;
import io.leeway.policy.PathScope;
import io.leeway.policy.Vocabulary;
import io.leeway.policy.check.FindingCode;
import io.leeway.policy.table.ConditionSnippet.Comparison;
import io.leeway.policy.table.ConditionSnippet.Slot;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills a cell into the snippet of its column, as strictly as Drools sheets have it. */
final class ConditionReader implements LayoutCells {
    private final Source source;
    private final CellReader cells;
    private final PathScope scope;

    /** Reads cells of a sheet whose paths stand in that scope. */
    ConditionReader(Source source, CellReader cells, PathScope scope) {
        this.source = source;
        this.cells = cells;
        this.scope = scope;
    }

    @Override
    public @Nullable List<Condition> read(ConditionSnippet snippet, CellValue cell, int row, int column) {
        if (cell instanceof CellValue.Formula) {
            return null;
        }
        if (snippet.arity() == ConditionSnippet.FIXED && !cells.isSwitchedOn(cell, row, column)) {
            return null;
        }
        if (snippet.isList()) {
            return list(snippet.comparisons().get(0), cell, row, column);
        }
        List<CellValue> values = values(snippet, cell, row, column);
        return values == null ? null : conditions(snippet, values, row, column);
    }

    /** What a snippet asks that has all its values in itself; null when one is wrong, which has then been reported. */
    @Nullable
    List<Condition> fixed(ConditionSnippet snippet, int row, int column) {
        return conditions(snippet, List.of(), row, column);
    }

    private @Nullable List<Condition> conditions(
            ConditionSnippet snippet, List<CellValue> values, int row, int column) {
        List<Condition> conditions = new ArrayList<>();
        boolean whole = true;
        for (Comparison comparison : snippet.comparisons()) {
            Condition condition = condition(comparison, values, row, column);
            if (condition == null) {
                whole = false;
            } else {
                conditions.add(condition);
            }
        }
        return whole ? conditions : null;
    }

    /** The values for {@code $1}, {@code $2} …, or the whole cell for {@code $param}. */
    private @Nullable List<CellValue> values(ConditionSnippet snippet, CellValue cell, int row, int column) {
        if (snippet.arity() <= 1) {
            return List.of(cell);
        }
        List<String> parts = parts(cell, snippet.arity(), row, column);
        if (parts == null) {
            return null;
        }
        List<CellValue> values = new ArrayList<>();
        for (String part : parts) {
            values.add(new CellValue.Untyped(part));
        }
        return values;
    }

    @Override
    public String duration(String text) {
        return text;
    }

    @Override
    public @Nullable List<String> parts(CellValue cell, int count, int row, int column) {
        String text;
        if (cell instanceof CellValue.Decimal decimal && Numbers.fits(decimal.number())) {
            text = Numbers.normal(decimal.number()).toPlainString();
        } else {
            text = cells.text(cell, row, column);
        }
        if (text == null) {
            return null;
        }
        List<String> parts = split(text);
        if (parts.size() != count || parts.contains("")) {
            long found = parts.stream().filter(it -> !it.isEmpty()).count();
            source.report(
                    FindingCode.WRONG_COUNT,
                    row,
                    column,
                    "`" + text + "` holds " + found + (found == 1 ? " value" : " values") + ", expected " + count
                            + " separated by commas");
            return null;
        }
        return parts;
    }

    private @Nullable List<Condition> list(Comparison comparison, CellValue cell, int row, int column) {
        Path path = comparison.fixed();
        String text = cells.text(cell, row, column);
        if (text == null || path == null) {
            return null;
        }
        if (text.contains(";")) {
            source.report(
                    FindingCode.WRONG_COUNT, row, column, "a semicolon in the list `" + text + "`, expected commas");
            return null;
        }
        List<String> values = split(text);
        if (values.contains("")) {
            source.report(FindingCode.WRONG_COUNT, row, column, "a blank value in the list `" + text + "`");
            return null;
        }
        boolean sound = true;
        for (String value : values) {
            sound &= isSound(path, comparison.operator(), value, row, column);
        }
        List<String> distinct = values.stream().distinct().toList();
        String address = Address.text(row, column);
        Operator single = comparison.operator() == Operator.IN ? Operator.EQUAL : Operator.NOT_EQUAL;
        Condition condition = distinct.size() == 1
                ? new Condition(path, single, distinct.get(0), address)
                : new Condition(path, comparison.operator(), distinct, address);
        return sound ? List.of(condition) : null;
    }

    private @Nullable Condition condition(Comparison comparison, List<CellValue> values, int row, int column) {
        Path path = comparison.fixed() == null ? path(comparison, values, row, column) : comparison.fixed();
        CellValue operand = value(comparison.operand(), values);
        Object limit = switch (comparison.type()) {
            case TEXT -> cells.text(operand, row, column);
            case NUMBER -> cells.number(operand, row, column);
            case FLAG -> cells.flag(operand, row, column);
        };
        if (path == null || limit == null || !isSound(path, comparison.operator(), limit, row, column)) {
            return null;
        }
        return new Condition(path, comparison.operator(), limit, Address.text(row, column));
    }

    private @Nullable Path path(Comparison comparison, List<CellValue> values, int row, int column) {
        List<String> arguments = new ArrayList<>();
        for (Slot slot : comparison.arguments()) {
            String argument = cells.text(value(slot, values), row, column);
            if (argument == null) {
                return null;
            }
            arguments.add(argument);
        }
        Vocabulary.Lookup found = Vocabulary.path(comparison.name(), arguments, scope);
        if (found instanceof Vocabulary.Found it) {
            return it.path();
        }
        if (found instanceof Vocabulary.Refused refused) {
            source.report(SnippetParser.code(refused.reason()), row, column, refused.message());
        }
        return null;
    }

    private static CellValue value(Slot slot, List<CellValue> values) {
        return slot.isFixed() ? new CellValue.Untyped(slot.literal()) : values.get(Math.max(0, slot.index() - 1));
    }

    private boolean isSound(Path path, Operator operator, Object limit, int row, int column) {
        String problem = null;
        if (limit instanceof BigDecimal number) {
            problem = Vocabulary.problemWith(path, number);
        } else if (limit instanceof String text && operator != Operator.STARTS_WITH) {
            problem = Vocabulary.problemWith(path, text);
        }
        if (problem != null) {
            source.report(FindingCode.OUT_OF_RANGE, row, column, problem);
        }
        return problem == null;
    }

    /** The values between the commas. */
    static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            parts.add(part.strip());
        }
        return parts;
    }
}
