package io.leeway.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.model.Action;
import io.leeway.model.Attributes;
import io.leeway.model.Evidence;
import io.leeway.model.Proposal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/** What a caller would have sent, of proposals that were made up. */
public final class ProposalBodies {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What JSON can say without loss; longer ones are replaced. */
    private static final int DIGITS = 15;

    private ProposalBodies() {}

    /** A body that is accepted: where the proposal has an empty name, {@code none}. */
    public static byte[] of(Proposal proposal) {
        ObjectNode body = JSON.createObjectNode();
        action(body.putObject("action"), proposal.action());
        body.putObject("agent").put("id", named(proposal.agent().id()));
        ObjectNode subject = body.putObject("subject")
                .put("type", named(proposal.subject().type()))
                .put("id", named(proposal.subject().id()));
        attributes(subject, proposal.subject().attributes());
        for (Evidence item : proposal.evidence().items()) {
            ObjectNode one = body.withArray("evidence").addObject().put("name", named(item.name()));
            if (item.observedAt() != null) {
                one.put("observedAt", item.observedAt().toString());
            }
            if (!item.schema().isEmpty()) {
                one.put("schema", item.schema());
            }
        }
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void action(ObjectNode node, Action action) {
        node.put("id", named(action.id())).put("type", named(action.type()));
        if (action.money() != null) {
            node.putObject("amount")
                    .put("value", action.money().text())
                    .put("currency", action.money().currency());
        }
        if (action.statedConfidence() != null) {
            node.put("confidence", action.statedConfidence());
        }
        if (action.reversible() != null) {
            node.put("reversible", action.reversible());
        }
        attributes(node, action.attributes());
    }

    private static void attributes(ObjectNode node, Attributes sent) {
        new TreeMap<>(sent.values()).forEach((name, value) -> {
            ObjectNode attributes = node.withObject("/attributes");
            if (value instanceof BigDecimal number) {
                attributes.put(name, number.precision() > DIGITS ? BigDecimal.TEN : number);
            } else if (value instanceof Boolean flag) {
                attributes.put(name, flag);
            } else {
                attributes.put(name, value.toString());
            }
        });
    }

    private static String named(String name) {
        return name.isEmpty() ? "none" : name;
    }
}
