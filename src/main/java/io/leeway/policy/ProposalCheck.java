package io.leeway.policy;

import io.leeway.model.Action;
import io.leeway.model.Evidence;
import io.leeway.model.Proposal;
import io.leeway.model.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether a proposal is what the version's {@code Actions} and {@code Vocabulary} sheets say that it must be. What breaks
 * them is refused, not decided; an unknown action type is decided, so nothing is asked of it here.
 */
public final class ProposalCheck {
    private final PolicyTables tables;
    private final Action action;
    private final Proposal proposal;
    private final List<Violation> violations = new ArrayList<>();

    private ProposalCheck(PolicyTables tables, Proposal proposal) {
        this.tables = tables;
        this.proposal = proposal;
        this.action = proposal.action();
    }

    /** Everything that is wrong, in the order of the pointers; empty when nothing is. */
    public static List<Violation> violations(PolicyTables tables, Proposal proposal) {
        if (!tables.knows(proposal.action().type())) {
            return List.of();
        }
        ProposalCheck check = new ProposalCheck(tables, proposal);
        ActionType type = tables.actions().get(proposal.action().type());
        if (type != null) {
            check.amount(type);
            check.listedAttributes(type);
            check.evidence(type);
        }
        check.attributeTypes();
        return check.violations;
    }

    private void amount(ActionType type) {
        boolean present = action.money() != null;
        if (type.amount() == ActionType.AmountRule.REQUIRED && !present) {
            add("/action/amount", "`" + type.type() + "` needs an amount");
        }
        if (type.amount() == ActionType.AmountRule.FORBIDDEN && present) {
            add("/action/amount", "`" + type.type() + "` takes no amount");
        }
    }

    private void listedAttributes(ActionType type) {
        for (String name : new TreeMap<>(action.attributes().values()).keySet()) {
            if (!type.attributes().containsKey(name)) {
                add(
                        attribute(name),
                        "`" + type.type() + "` has no attribute `" + name + "`; it may have "
                                + list(type.attributes().keySet()));
            }
        }
        for (Map.Entry<String, Boolean> listed : new TreeMap<>(type.attributes()).entrySet()) {
            if (listed.getValue() && !action.attributes().values().containsKey(listed.getKey())) {
                add(attribute(listed.getKey()), "`" + type.type() + "` needs the attribute `" + listed.getKey() + "`");
            }
        }
    }

    private void evidence(ActionType type) {
        for (String name : new TreeMap<>(type.evidence()).keySet()) {
            if (proposal.evidence().items().stream().map(Evidence::name).noneMatch(name::equals)) {
                add("/evidence", "`" + type.type() + "` needs the evidence `" + name + "`");
            }
        }
    }

    private void attributeTypes() {
        for (Map.Entry<String, Object> entry : new TreeMap<>(action.attributes().values()).entrySet()) {
            AttributeType declared = tables.attributes().get(entry.getKey());
            if (declared == null) {
                continue;
            }
            Object value = entry.getValue();
            if (typeOf(value) != declared.type()) {
                add(
                        attribute(entry.getKey()),
                        "`" + entry.getKey() + "` is a "
                                + declared.type().name().toLowerCase(Locale.ROOT) + ", not `" + value + "`");
            } else if (!declared.allowed().isEmpty() && !declared.allowed().contains(String.valueOf(value))) {
                add(
                        attribute(entry.getKey()),
                        "`" + value + "` is not allowed for `" + entry.getKey() + "`; allowed are "
                                + list(declared.allowed()));
            }
        }
    }

    private static PathType typeOf(Object value) {
        if (value instanceof BigDecimal) {
            return PathType.NUMBER;
        }
        return value instanceof Boolean ? PathType.FLAG : PathType.TEXT;
    }

    private void add(String pointer, String message) {
        violations.add(new Violation(pointer, message));
    }

    /** JSON pointer, escaped as RFC 6901 says. */
    private static String attribute(String name) {
        return "/action/attributes/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static String list(Collection<String> names) {
        return names.isEmpty()
                ? "none"
                : String.join(
                        ", ",
                        names.stream().sorted().map(name -> "`" + name + "`").toList());
    }
}
