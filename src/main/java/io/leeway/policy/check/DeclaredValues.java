package io.leeway.policy.check;

import io.leeway.policy.ActionType;
import io.leeway.policy.AttributeType;
import io.leeway.policy.Condition;
import io.leeway.policy.Operator;
import io.leeway.policy.PathType;
import io.leeway.policy.Suggestion;
import io.leeway.policy.Vocabulary;
import io.leeway.policy.check.Declarations.Declared;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Texts that rows compare with are among the values that the version declares; else a typing error would never match. */
final class DeclaredValues {
    private final Map<String, Set<String>> allowed = new HashMap<>();
    private final Findings findings;

    private DeclaredValues(Declarations declarations, Findings findings) {
        this.findings = findings;
        for (Declared<AttributeType> line : declarations.attributes()) {
            if (!line.line().allowed().isEmpty()) {
                allowed.put(line.line().name(), new LinkedHashSet<>(line.line().allowed()));
            }
        }
        for (Declared<ActionType> line : declarations.actions()) {
            allowed.computeIfAbsent("action.type", it -> new LinkedHashSet<>())
                    .add(line.line().type());
        }
    }

    static void check(List<DraftTable> tables, Declarations declarations, Findings findings) {
        DeclaredValues check = new DeclaredValues(declarations, findings);
        for (DraftTable table : tables) {
            for (DraftTable.DraftRow row : table.rows()) {
                row.conditions().forEach(condition -> check.condition(table, condition));
            }
        }
    }

    private void condition(DraftTable table, Condition condition) {
        String attribute = Vocabulary.attributeOf(condition.path());
        Set<String> values = allowed.get(attribute == null ? condition.path().text() : attribute);
        if (values == null || condition.path().type() != PathType.TEXT) {
            return;
        }
        Collection<?> limits = condition.limit() instanceof List<?> list ? list : List.of(condition.limit());
        for (Object limit : limits) {
            String text = limit.toString();
            boolean family = condition.operator() == Operator.STARTS_WITH;
            if (family ? values.stream().noneMatch(it -> it.startsWith(text)) : !values.contains(text)) {
                String message =
                        "`" + text + "` " + (family ? "begins no declared value of `" : "is not declared for `")
                                + condition.path().text() + "`" + Suggestion.didYouMean(text, values);
                findings.report(FindingCode.UNDECLARED_VALUE, table.file(), table.sheet(), condition.cell(), message);
            }
        }
    }
}
