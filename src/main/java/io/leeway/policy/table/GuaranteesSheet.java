package io.leeway.policy.table;

import io.leeway.policy.Condition;
import io.leeway.policy.Guarantee;
import io.leeway.policy.Guarantee.Bound;
import io.leeway.policy.PathScope;
import io.leeway.policy.Suggestion;
import io.leeway.policy.check.FindingCode;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a {@code Guarantees} sheet: what must be so whatever is proposed. Conditions are snippets with their values in them. */
final class GuaranteesSheet {
    static final String WORD = "Guarantees";

    private static final List<String> COLUMNS = List.of("Id", "When", "Then", "Owner", "Why");

    private final Source source;
    private final DeclarationCells line;
    private final ConditionReader conditions;
    private final PathScope scope;

    private GuaranteesSheet(Source source, DeclarationCells line, ConditionReader conditions, PathScope scope) {
        this.source = source;
        this.line = line;
        this.conditions = conditions;
        this.scope = scope;
    }

    static void read(Sheet sheet, Source source, CellReader cells, PathScope scope, Consumer<Guarantee> guarantees) {
        HeaderRow header = HeaderRow.read(sheet, source, WORD, COLUMNS);
        if (header == null) {
            return;
        }
        ConditionReader conditions = new ConditionReader(source, cells, scope);
        for (int row : header.rowsOf(sheet)) {
            DeclarationCells line = new DeclarationCells(sheet, source, cells, header, row);
            Guarantee guarantee = new GuaranteesSheet(source, line, conditions, scope).guarantee();
            if (guarantee != null) {
                guarantees.accept(guarantee);
            }
        }
    }

    private @Nullable Guarantee guarantee() {
        String id = id();
        List<Condition> when = when();
        Bound then = then();
        String owner = line.text("Owner");
        String why = line.sentence("Why");
        return id == null || when == null || then == null || owner == null || why == null
                ? null
                : new Guarantee(
                        id,
                        source.file(),
                        source.sheet(),
                        line.row() + 1,
                        line.address("Id"),
                        when,
                        then,
                        line.address("Then"),
                        owner,
                        why);
    }

    private @Nullable String id() {
        String id = line.text("Id");
        if (id == null || RowReader.ID.matcher(id).matches()) {
            return id;
        }
        if (id.isEmpty()) {
            line.report(FindingCode.MISSING_ID, "Id", "the guarantee has no id");
        } else {
            line.report(FindingCode.INVALID_ID, "Id", "`" + id + "` cannot be an id");
        }
        return null;
    }

    /** What is asked stands as text in the cell, quotes and all. */
    private @Nullable List<Condition> when() {
        int column = line.header().column("When");
        CellValue cell = line.sheet().at(line.row(), column);
        if (cell == null) {
            return List.of();
        }
        String text = CellReader.raw(cell);
        if (text == null) {
            line.report(
                    FindingCode.WRONG_TYPE,
                    "When",
                    "found " + cell.described() + ", expected conditions such as `action.amount > 10000`");
            return null;
        }
        try {
            ConditionSnippet snippet = SnippetParser.parse(text, scope);
            if (snippet.arity() != ConditionSnippet.FIXED) {
                line.report(
                        FindingCode.BAD_SNIPPET,
                        "When",
                        "`" + text + "` has a placeholder, expected the value itself, such as `action.amount > 10000`");
                return null;
            }
            return conditions.fixed(snippet, line.row(), column);
        } catch (SnippetException e) {
            line.report(e.code(), "When", e.reason());
            return null;
        }
    }

    private @Nullable Bound then() {
        String text = line.text("Then");
        if (text == null) {
            return null;
        }
        Bound bound = Bound.parse(text);
        if (bound == null) {
            line.report(
                    FindingCode.WRONG_VALUE,
                    "Then",
                    (text.isEmpty() ? "it promises nothing" : "found `" + text + "`")
                            + ", allowed are `never Autonomous`, `always Human in control`, `always Prohibited`"
                            + Suggestion.didYouMean(text, Bound.spellings()));
        }
        return bound;
    }
}
