package io.leeway.policy.table;

import io.leeway.policy.ActionType;
import io.leeway.policy.ActionType.AmountRule;
import io.leeway.policy.Suggestion;
import io.leeway.policy.check.Declarations.Declared;
import io.leeway.policy.check.FindingCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads an {@code Actions} sheet: the action types of a version, and what a proposal of each must look like. */
final class ActionsSheet {
    static final String WORD = "Actions";

    private static final String EVIDENCE = "Required evidence";
    private static final List<String> COLUMNS = List.of("Type", "Meaning", "Amount", EVIDENCE, "Attributes");
    private static final List<String> AMOUNTS = List.of("required", "forbidden", "optional");

    private static final List<AmountRule> RULES =
            List.of(AmountRule.REQUIRED, AmountRule.FORBIDDEN, AmountRule.OPTIONAL);

    private ActionsSheet() {}

    static void read(Sheet sheet, Source source, CellReader cells, Consumer<Declared<ActionType>> lines) {
        HeaderRow header = HeaderRow.read(sheet, source, WORD, COLUMNS);
        if (header == null) {
            return;
        }
        for (int row : header.rowsOf(sheet)) {
            DeclarationCells line = new DeclarationCells(sheet, source, cells, header, row);
            ActionType action = action(line);
            if (action != null) {
                lines.accept(new Declared<>(
                        action, source.file(), sheet.name(), line.address("Type"), line.address("Attributes")));
            }
        }
    }

    private static @Nullable ActionType action(DeclarationCells line) {
        String type = line.text("Type");
        String meaning = line.sentence("Meaning");
        AmountRule amount = amount(line);
        Map<String, String> evidence = evidence(line);
        Map<String, Boolean> attributes = attributes(line);
        if (type == null || meaning == null || amount == null || evidence == null || attributes == null) {
            return null;
        }
        if (!type.matches("[^,\\s]+")) {
            line.report(FindingCode.WRONG_VALUE, "Type", "`" + type + "` is no action type such as `billing.adjust`");
            return null;
        }
        return new ActionType(type, meaning, amount, evidence, attributes);
    }

    private static @Nullable AmountRule amount(DeclarationCells line) {
        String text = line.text("Amount");
        if (text == null) {
            return null;
        }
        int index = AMOUNTS.indexOf(text);
        if (index < 0) {
            line.report(
                    FindingCode.WRONG_VALUE,
                    "Amount",
                    "found `" + text + "`, allowed are `required`, `forbidden`, `optional`"
                            + Suggestion.didYouMean(text, AMOUNTS));
            return null;
        }
        return RULES.get(index);
    }

    private static @Nullable Map<String, String> evidence(DeclarationCells line) {
        List<String> values = line.list(EVIDENCE);
        if (values == null) {
            return null;
        }
        Map<String, String> evidence = new HashMap<>();
        for (String value : values) {
            int at = value.indexOf('@');
            String name = at < 0 ? value : value.substring(0, at).strip();
            String schema = at < 0 ? "" : value.substring(at + 1).strip();
            if (name.isEmpty() || (at >= 0 && schema.isEmpty()) || evidence.put(name, schema) != null) {
                line.report(
                        FindingCode.WRONG_VALUE,
                        EVIDENCE,
                        "`" + value + "` is no new evidence such as `charge.record@v3`");
                return null;
            }
        }
        return evidence;
    }

    private static @Nullable Map<String, Boolean> attributes(DeclarationCells line) {
        List<String> values = line.list("Attributes");
        if (values == null) {
            return null;
        }
        Map<String, Boolean> attributes = new HashMap<>();
        for (String value : values) {
            boolean required = value.endsWith("!");
            String name = required ? value.substring(0, value.length() - 1).strip() : value;
            if (name.isEmpty() || attributes.put(name, required) != null) {
                line.report(
                        FindingCode.WRONG_VALUE,
                        "Attributes",
                        "`" + value + "` is no new attribute such as `channel!` or `subject.tier`");
                return null;
            }
        }
        return attributes;
    }
}
