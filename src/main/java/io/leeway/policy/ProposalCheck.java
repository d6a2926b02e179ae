package io.leeway.policy;

import io.leeway.model.Action;
import io.leeway.model.Attributes;
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
            check.listed(type, "/action/attributes/", check.action.attributes(), type.actionAttributes());
            check.listed(type, "/subject/attributes/", proposal.subject().attributes(), type.subjectAttributes());
            check.evidence(type);
        }
        check.declared("/action/attributes/", check.action.attributes());
        check.declared("/subject/attributes/", proposal.subject().attributes());
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

    /** @param listed those that there may be, true for those that there must be */
    private void listed(ActionType type, String pointer, Attributes attributes, Map<String, Boolean> listed) {
        Map<String, Object> sent = new TreeMap<>(attributes.values());
        for (String name : sent.keySet()) {
            if (!listed.containsKey(name)) {
                add(
                        pointer + escaped(name),
                        "`" + type.type() + "` has no attribute `" + name + "`; it may have " + list(listed.keySet()));
            }
        }
        for (Map.Entry<String, Boolean> one : new TreeMap<>(listed).entrySet()) {
            // An empty text is an absent one.
            if (one.getValue() && sent.getOrDefault(one.getKey(), "").equals("")) {
                add(
                        pointer + escaped(one.getKey()),
                        "`" + type.type() + "` needs the attribute `" + one.getKey() + "`");
            }
        }
    }

    private void declared(String pointer, Attributes attributes) {
        new TreeMap<>(attributes.values()).forEach((name, value) -> declared(pointer + escaped(name), name, value));
    }

    private void declared(String pointer, String name, Object value) {
        AttributeType declared = tables.attributes().get(name);
        if (declared == null) {
            return;
        }
        if (typeOf(value) != declared.type()) {
            add(
                    pointer,
                    "`" + name + "` is a " + declared.type().name().toLowerCase(Locale.ROOT) + ", not `" + value + "`");
        } else if (!declared.allowed().isEmpty() && !declared.allowed().contains(String.valueOf(value))) {
            add(pointer, "`" + value + "` is not allowed for `" + name + "`; allowed are " + list(declared.allowed()));
        }
    }

    private void evidence(ActionType type) {
        for (String name : new TreeMap<>(type.evidence()).keySet()) {
            if (proposal.evidence().items().stream().map(Evidence::name).noneMatch(name::equals)) {
                add("/evidence", "`" + type.type() + "` needs the evidence `" + name + "`");
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

    /** In a JSON pointer, as RFC 6901 says. */
    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static String list(Collection<String> names) {
        return names.isEmpty()
                ? "none"
                : String.join(
                        ", ",
                        names.stream().sorted().map(name -> "`" + name + "`").toList());
    }
}
