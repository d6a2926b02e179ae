package io.leeway.policy;

import io.leeway.model.Proposal;
import java.util.List;
import java.util.Map;

/**
 * Everything that the workbooks of one version say, typed, with addresses: what engine, explanation and analysis share.
 *
 * @param rows in the order of the answer: by file, sheet (as it stands in the workbook), row
 * @param attributes declared attributes by name; empty when the version has no {@code Vocabulary} sheet
 * @param actions declared action types by type; empty when the version has no {@code Actions} sheet, and then any type is
 *     known
 */
public record PolicyTables(List<Row> rows, Map<String, AttributeType> attributes, Map<String, ActionType> actions) {
    public PolicyTables {
        rows = List.copyOf(rows);
        attributes = Map.copyOf(attributes);
        actions = Map.copyOf(actions);
    }

    /** Whether the type is known: listed, or nothing is. */
    public boolean knows(String actionType) {
        return actions.isEmpty() || actions.containsKey(actionType);
    }

    /** Whether the currency of the proposal is listed: it has none, the {@code Vocabulary} lists it, or it lists none. */
    public boolean listsCurrencyOf(Proposal proposal) {
        AttributeType declared = attributes.get("action.currency");
        String currency = proposal.action().currency();
        return currency.isEmpty()
                || declared == null
                || declared.allowed().isEmpty()
                || declared.allowed().contains(currency);
    }
}
