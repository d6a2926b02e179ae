package io.leeway.policy;

import io.leeway.model.Action;
import io.leeway.model.Agent;
import io.leeway.model.Attributes;
import io.leeway.model.EvidenceSet;
import io.leeway.model.Money;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.model.Subject;
import io.leeway.model.Trace;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A proposal to which single facts are given, one after the other: what tests and "what if" have in common. Not
 * thread-safe.
 *
 * <p>Facts that follow from others (how old the oldest evidence is, how many pieces there are) are met as far as the other
 * facts allow. Whoever needs to know asks the path of the proposal that came of it.
 */
public final class ProposalDraft {
    /** The inputs that can be given, by name. */
    public static final Set<String> NAMES = Set.of(
            "action.type",
            "action.currency",
            "action.amount",
            "action.confidence",
            "action.reversible",
            "action.text",
            "action.number",
            "action.flag",
            "agent.id",
            "agent.operator",
            "agent.onBehalfOf",
            "agent.stage",
            "subject.type",
            "subject.id",
            "evidence.staleAfter",
            "evidence.schema",
            "evidence.ageSeconds",
            "evidence.verified",
            "evidence.oldestSeconds",
            "evidence.count",
            "trace.depth",
            "trace.repeats",
            "now");

    private final Map<String, Object> given = new HashMap<>();
    private final Map<String, Object> attributes;
    private final EvidenceDraft evidence;
    private final Proposal base;

    private ProposalDraft(Proposal base) {
        this.base = base;
        this.attributes = new HashMap<>(base.action().attributes().values());
        this.evidence = new EvidenceDraft(base.evidence().items());
    }

    /** Starts from a proposal that says nothing, of an agent that has earned {@link Stage#FULL}: only rules speak then. */
    public static ProposalDraft blank(Instant now) {
        Action action = new Action("test", "", "", null, null, null, Attributes.NONE, "");
        return new ProposalDraft(new Proposal(
                action,
                new Agent("test", "", "", Stage.FULL),
                new Subject("", ""),
                new EvidenceSet(List.of(), now, Map.of()),
                Trace.NONE));
    }

    /** Starts from a proposal with what is derived. */
    public static ProposalDraft of(Proposal proposal) {
        return new ProposalDraft(proposal);
    }

    static boolean canGive(String name) {
        return NAMES.contains(name);
    }

    /** Gives one fact; the value is of the input's kind. */
    public ProposalDraft give(TestInput input, Object value) {
        switch (input.name()) {
            case "action.text", "action.number", "action.flag" ->
                attributes.put(input.arguments().get(0), value);
            case "evidence.staleAfter", "evidence.schema", "evidence.ageSeconds" -> evidence.give(input, value);
            case "evidence.oldestSeconds" -> evidence.oldest((BigDecimal) value);
            case "evidence.count" -> evidence.count((BigDecimal) value);
            default -> given.put(input.name(), value);
        }
        return this;
    }

    /** The proposal; evidence that says nothing of its schema has the one that the tables ask for. */
    public Proposal build(PolicyTables tables) {
        Instant now = (Instant) given.getOrDefault("now", base.now());
        Action action = action();
        Map<String, String> schemas = tables.requiredSchemas(action.type());
        return new Proposal(
                action,
                agent(),
                new Subject(
                        text("subject.type", base.subject().type()),
                        text("subject.id", base.subject().id())),
                new EvidenceSet(evidence.items(now, schemas), now, schemas),
                trace());
    }

    private Action action() {
        Action before = base.action();
        return new Action(
                before.id(),
                text("action.type", before.type()),
                before.summary(),
                money(before.money()),
                (BigDecimal) given.getOrDefault("action.confidence", before.statedConfidence()),
                (Boolean) given.getOrDefault("action.reversible", before.reversible()),
                new Attributes(attributes),
                before.supersedes());
    }

    /** An amount means nothing without a currency, nor a currency without an amount. */
    private @Nullable Money money(@Nullable Money before) {
        BigDecimal amount = (BigDecimal) given.getOrDefault("action.amount", before == null ? null : before.value());
        String currency = text("action.currency", before == null ? "" : before.currency());
        return amount == null || currency.isEmpty() ? null : new Money(amount, currency);
    }

    private Agent agent() {
        Agent before = base.agent();
        String stage = text("agent.stage", before.stage());
        return new Agent(
                text("agent.id", before.id()),
                text("agent.operator", before.operator()),
                text("agent.onBehalfOf", before.onBehalfOf()),
                Stage.valueOf(stage));
    }

    private Trace trace() {
        Trace before = base.trace();
        return new Trace(
                before.id(),
                before.parent(),
                before.goal(),
                (BigDecimal) given.getOrDefault("trace.depth", before.depth()),
                (BigDecimal) given.getOrDefault("trace.repeats", before.repeats()));
    }

    private String text(String name, String otherwise) {
        return (String) given.getOrDefault(name, otherwise);
    }
}
