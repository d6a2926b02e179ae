package io.leeway.api.json;

import io.leeway.decision.SentProposal;
import io.leeway.model.Action;
import io.leeway.model.Agent;
import io.leeway.model.Attributes;
import io.leeway.model.Evidence;
import io.leeway.model.EvidenceSet;
import io.leeway.model.Money;
import io.leeway.model.Proposal;
import io.leeway.model.Refusal;
import io.leeway.model.Stage;
import io.leeway.model.Subject;
import io.leeway.model.Trace;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A proposal from its JSON: everything that is wrong with it at once, or nothing is. */
public final class ProposalReader {
    /** How many proposals one batch may hold. */
    public static final int MAX_BATCH = 100;

    static final String INVALID = "INVALID_PROPOSAL";

    private static final int MAX_EVIDENCE = 64;
    private static final int MAX_LINEAGE = 64;
    private static final int MAX_ATTRIBUTES = 64;
    private static final Text ATTRIBUTE_NAME = new Text(1, 100, true);
    private static final Text ATTRIBUTE_TEXT = new Text(0, 2000, false);
    private static final Pattern AMOUNT = Pattern.compile("(0|[1-9][0-9]{0,17})(\\.[0-9]{1,6})?");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private final Faults faults = new Faults();

    private ProposalReader() {}

    /** One place of a batch: a proposal, or why it is none. Exactly one of the two is there. */
    public record BatchItem(
            @Nullable SentProposal proposal, @Nullable Refusal refusal) {}

    /**
     * One proposal.
     *
     * @throws Refusal of kind {@code TOO_LARGE}, {@code MALFORMED} or {@code INVALID}
     */
    public static SentProposal read(byte[] body) {
        return new ProposalReader().proposal(StrictJson.read(body).sound(), "");
    }

    /**
     * The proposals of a batch, in order. Pointers are into the whole body.
     *
     * @throws Refusal when the fault is not one proposal's alone
     */
    public static List<BatchItem> readBatch(byte[] body) {
        JsonDocument document = StrictJson.read(body);
        document.refuseOutside("/proposals");
        Faults faults = new Faults();
        Members batch = Members.of(document.tree(), "", faults);
        batch.required("proposals");
        List<?> proposals = batch.list("proposals", MAX_BATCH);
        if (faults.isEmpty() && proposals.isEmpty()) {
            batch.fault("proposals", "must hold 1 to " + MAX_BATCH + " proposals");
        }
        batch.nothingElse();
        faults.refuse("INVALID_BATCH", "The batch");
        List<BatchItem> items = new ArrayList<>();
        for (int i = 0; i < proposals.size(); i++) {
            String pointer = "/proposals/" + i;
            try {
                document.refuseBelow(pointer);
                items.add(new BatchItem(new ProposalReader().proposal(proposals.get(i), pointer), null));
            } catch (Refusal refusal) {
                items.add(new BatchItem(null, refusal));
            }
        }
        return items;
    }

    private SentProposal proposal(@Nullable Object tree, String pointer) {
        Members body = Members.of(tree, pointer, faults);
        Proposal proposal = new Proposal(
                action(body.object("action")),
                agent(body.object("agent")),
                subject(body.object("subject")),
                EvidenceSet.asSent(evidence(body)),
                trace(body.optionalObject("trace")));
        body.anyObject("context");
        body.nothingElse();
        faults.refuse(INVALID, "The proposal");
        return new SentProposal(proposal, asSent(tree));
    }

    @SuppressWarnings("unchecked") // it was just read as an object, and their names are texts
    private static Map<String, Object> asSent(@Nullable Object tree) {
        return tree == null ? Map.of() : (Map<String, Object>) tree;
    }

    private Action action(Members action) {
        String id = action.text("id", Text.NAME);
        String type = action.text("type", Text.NAME);
        String summary = action.text("summary", Text.PROSE, "");
        Money amount = amount(action.optionalObject("amount"));
        BigDecimal confidence = action.number("confidence", BigDecimal.ZERO, BigDecimal.ONE);
        Boolean reversible = action.flag("reversible");
        Attributes attributes = attributes(action.optionalObject("attributes"));
        String supersedes = action.text("supersedes", Text.NAME, "");
        action.nothingElse();
        return new Action(id, type, summary, amount, confidence, reversible, attributes, supersedes);
    }

    private static @Nullable Money amount(@Nullable Members amount) {
        if (amount == null) {
            return null;
        }
        amount.required("value");
        amount.required("currency");
        BigDecimal value = amount.parsed(
                "value",
                text -> AMOUNT.matcher(text).matches() ? new BigDecimal(text) : null,
                "a non-negative decimal of at most 18 digits before and 6 after the point, such as \"120.00\"");
        String currency = amount.parsed(
                "currency",
                text -> CURRENCY.matcher(text).matches() ? text : null,
                "three capital letters, such as USD");
        amount.nothingElse();
        return value == null || currency == null ? null : new Money(value, currency);
    }

    private Attributes attributes(@Nullable Members attributes) {
        if (attributes == null) {
            return Attributes.NONE;
        }
        Map<String, Object> values = new HashMap<>();
        Map<?, ?> sent = attributes.all();
        if (sent.size() > MAX_ATTRIBUTES) {
            faults.add(
                    attributes.pointer(), "at most " + MAX_ATTRIBUTES + " attributes are allowed, not " + sent.size());
            return Attributes.NONE;
        }
        sent.forEach((key, value) -> {
            String name = String.valueOf(key);
            String fault = ATTRIBUTE_NAME.fault(name);
            if (fault == null && value instanceof String text) {
                fault = ATTRIBUTE_TEXT.fault(text);
            } else if (fault != null) {
                fault = "its name " + fault;
            } else if (!(value instanceof BigDecimal) && !(value instanceof Boolean)) {
                fault = "must be a string, a number or true or false, not " + Members.kind(value);
            }
            if (fault != null) {
                attributes.fault(name, fault);
            } else {
                values.put(name, value);
            }
        });
        return new Attributes(values);
    }

    private static Agent agent(Members agent) {
        Agent read = new Agent(
                agent.text("id", Text.NAME),
                agent.text("operator", Text.NAME, ""),
                agent.text("onBehalfOf", Text.NAME, ""),
                Stage.SUPERVISED);
        agent.nothingElse();
        return read;
    }

    private Subject subject(Members subject) {
        Subject read = new Subject(
                subject.text("type", Text.NAME),
                subject.text("id", Text.NAME),
                attributes(subject.optionalObject("attributes")));
        subject.nothingElse();
        return read;
    }

    private List<Evidence> evidence(Members body) {
        List<Evidence> evidence = new ArrayList<>();
        int i = 0;
        for (Object item : body.list("evidence", MAX_EVIDENCE)) {
            Members one = Members.of(item, body.at("evidence") + "/" + i++, faults);
            evidence.add(new Evidence(
                    one.text("name", Text.NAME),
                    one.text("source", Text.LABEL, ""),
                    one.time("observedAt"),
                    one.text("schema", Text.LABEL, ""),
                    one.texts("lineage", Text.NAME, MAX_LINEAGE),
                    one.text("digest", Text.LABEL, "")));
            one.anyObject("values");
            one.nothingElse();
        }
        return evidence;
    }

    private static Trace trace(@Nullable Members trace) {
        if (trace == null) {
            return Trace.NONE;
        }
        String id = trace.text("id", Text.NAME);
        UUID parent = trace.uuid("parent");
        String goal = trace.text("goal", Text.PROSE, "");
        trace.nothingElse();
        return new Trace(id, parent == null ? "" : parent.toString(), goal, BigDecimal.ZERO, BigDecimal.ZERO);
    }
}
