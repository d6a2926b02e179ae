package io.leeway.policy;

import io.leeway.model.Proposal;
import io.leeway.model.ReasonCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the workbooks of one version say, typed, with addresses: what engine, explanation and analysis share.
 *
 * @param rows in the order of the answer: by file, sheet (as it stands in the workbook), row
 * @param attributes declared attributes by name; empty when the version has no {@code Vocabulary} sheet
 * @param actions declared action types by type; empty when the version has no {@code Actions} sheet, and then any type is
 *     known
 * @param tests by file, sheet, row
 * @param guarantees by file, sheet, row
 * @param data days and rates that its own sheets define
 */
public record PolicyTables(
        List<Row> rows,
        Map<String, AttributeType> attributes,
        Map<String, ActionType> actions,
        List<TestCase> tests,
        List<Guarantee> guarantees,
        ReferenceData data) {
    /** Those of no version. */
    public static final PolicyTables NONE = new PolicyTables(List.of(), Map.of(), Map.of());

    public PolicyTables {
        tests = List.copyOf(tests);
        guarantees = List.copyOf(guarantees);
        rows = List.copyOf(rows);
        attributes = Map.copyOf(attributes);
        actions = Map.copyOf(actions);
    }

    /** Without days and rates. */
    public PolicyTables(
            List<Row> rows,
            Map<String, AttributeType> attributes,
            Map<String, ActionType> actions,
            List<TestCase> tests,
            List<Guarantee> guarantees) {
        this(rows, attributes, actions, tests, guarantees, ReferenceData.NONE);
    }

    /** Without tests and guarantees. */
    public PolicyTables(List<Row> rows, Map<String, AttributeType> attributes, Map<String, ActionType> actions) {
        this(rows, attributes, actions, List.of(), List.of());
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

    /**
     * What of the proposal the version does not list, and so leaves to a person whatever grant would match; null when it
     * lists all.
     */
    public @Nullable ReasonCode unlisted(Proposal proposal) {
        if (!knows(proposal.action().type())) {
            return ReasonCode.UNKNOWN_ACTION;
        }
        return listsCurrencyOf(proposal) ? null : ReasonCode.NO_AUTHORITY;
    }

    /** The schemas that evidence of the action type must have, by name of the evidence. */
    public Map<String, String> requiredSchemas(String actionType) {
        ActionType type = actions.get(actionType);
        if (type == null || type.evidence().isEmpty()) {
            return Map.of();
        }
        Map<String, String> required = new HashMap<>(type.evidence());
        required.values().removeIf(String::isEmpty);
        return required;
    }
}
