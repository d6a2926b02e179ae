package io.leeway.policy.explain;

import io.leeway.model.Action;
import io.leeway.model.Attributes;
import io.leeway.model.Evidence;
import io.leeway.model.Proposal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A proposal in one line, as it is shown beside what it shows. */
public final class ProposalText {
    /** How whatever makes a proposal fills in what nobody asks about. */
    private static final String ANY = "some-";

    private ProposalText() {}

    /** {@code billing.refund, 120 USD, reversible, subject `A-1`, stage FULL, `charge.record` 2 min old}. */
    public static String line(Proposal proposal) {
        Action action = proposal.action();
        List<String> parts = new ArrayList<>();
        parts.add(action.type().isEmpty() ? "no action type" : action.type());
        parts.add(action.money() == null ? "no amount" : plain(action.amount()) + " " + action.currency());
        if (action.statedConfidence() != null) {
            parts.add("confidence " + plain(action.statedConfidence()));
        }
        if (action.reversible() != null) {
            parts.add(action.reversible() ? "reversible" : "not reversible");
        }
        parts.addAll(attributes("", action.attributes()));
        named(parts, "subject type", proposal.subject().type());
        named(parts, "subject", proposal.subject().id());
        parts.addAll(attributes("subject ", proposal.subject().attributes()));
        named(parts, "agent", proposal.agent().id());
        named(parts, "operator", proposal.agent().operator());
        named(parts, "on behalf of", proposal.agent().onBehalfOf());
        parts.add("stage " + proposal.agent().stage());
        for (Evidence item : proposal.evidence().items()) {
            String age = item.observedAt() == null
                    ? "undated"
                    : Phrases.age(proposal.evidence().ageSeconds(item)) + " old";
            parts.add("`" + item.name() + "` " + age + (item.schema().isEmpty() ? "" : ", schema " + item.schema()));
        }
        parts.add("at " + proposal.now());
        return String.join(", ", parts);
    }

    private static void named(List<String> parts, String what, String name) {
        if (!name.isEmpty() && !name.startsWith(ANY)) {
            parts.add(what + " `" + name + "`");
        }
    }

    private static List<String> attributes(String of, Attributes attributes) {
        List<String> parts = new ArrayList<>();
        new TreeMap<>(attributes.values())
                .forEach((name, value) -> parts.add(
                        of + name + " " + (value instanceof BigDecimal number ? plain(number) : "`" + value + "`")));
        return parts;
    }

    private static String plain(@Nullable BigDecimal number) {
        return number == null ? "none" : number.stripTrailingZeros().toPlainString();
    }
}
