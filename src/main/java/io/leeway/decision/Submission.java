package io.leeway.decision;

import io.leeway.activity.ActivityEvent;
import io.leeway.activity.Traces;
import io.leeway.ledger.CanonicalJson;
import io.leeway.ledger.Hashes;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.Tags;
import io.leeway.model.Action;
import io.leeway.model.Agent;
import io.leeway.model.Proposal;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A proposal with everything computed that does not need the order: done on the caller's thread, so that the lane only does
 * what must be done there.
 *
 * @param canonicalBody RFC 8785 form of what was sent
 * @param idempotencyKey names {@code (agent.id, action.id)}
 * @param requestHash tells the same body from another
 * @param actionDigest {@code sha256:…} over what a permit binds
 * @param event what makes it somebody's activity
 * @param step null when it belongs to no trace
 */
record Submission(
        Proposal proposal,
        byte[] canonicalBody,
        byte[] idempotencyKey,
        byte[] requestHash,
        String actionDigest,
        Tags tags,
        ActivityEvent event,
        Traces.@Nullable Step step) {
    /** Enough that no two proposals ever share a key; each byte more makes the largest index of all larger. */
    private static final int KEY_BYTES = 16;

    static Submission of(Ledger ledger, SentProposal sent) {
        Proposal proposal = sent.proposal();
        Map<String, Object> body = sent.body();
        byte[] canonical = CanonicalJson.bytes(body);
        String repeatTag = ledger.tag(Tags.REPEAT, repeatKey(proposal));
        String subjectTag = ledger.subjectTag(proposal.subject());
        String traceTag = null;
        Tags tags = new Tags(Map.of(
                Tags.SUBJECT, subjectTag,
                Tags.SUBJECT_ID, ledger.tag(Tags.SUBJECT_ID, proposal.subject().id()),
                Tags.REPEAT, repeatTag));
        Traces.Step step = null;
        if (!proposal.trace().id().isEmpty()) {
            traceTag = ledger.tag(Tags.TRACE, proposal.trace().id());
            tags = tags.with(Tags.TRACE, traceTag);
            step = Traces.Step.of(traceTag, repeatTag, parent(proposal));
        }
        return new Submission(
                proposal,
                canonical,
                Arrays.copyOf(ledger.keyedHash("proposal", proposalKey(proposal)), KEY_BYTES),
                ledger.keyedHash("body", canonical),
                actionDigest(body),
                tags,
                new ActivityEvent(
                        proposal.agent().id(),
                        proposal.action().type(),
                        subjectTag,
                        traceTag,
                        repeatTag,
                        proposal.action().money()),
                step);
    }

    /**
     * The action digest: SHA-256 over the RFC 8785 form of {@code action} without confidence, {@code agent} and
     * {@code subject}, as sent, absent members omitted.
     */
    static String actionDigest(Map<String, Object> body) {
        Map<String, Object> bound = new TreeMap<>();
        bound.put("action", only(body, "action", "id", "type", "summary", "amount", "reversible", "attributes"));
        bound.put("agent", only(body, "agent", "id", "operator", "onBehalfOf"));
        bound.put("subject", body.get("subject"));
        return Hashes.prefixed(Hashes.sha256(CanonicalJson.bytes(bound)));
    }

    private static Map<String, Object> only(Map<String, Object> body, String member, String... names) {
        Map<String, Object> kept = new TreeMap<>();
        if (body.get(member) instanceof Map<?, ?> object) {
            for (String name : names) {
                Object value = object.get(name);
                if (value != null) {
                    kept.put(name, value);
                }
            }
        }
        return kept;
    }

    private static byte[] proposalKey(Proposal proposal) {
        return CanonicalJson.bytes(Map.of(
                "agent", proposal.agent().id(), "action", proposal.action().id()));
    }

    /** What makes two actions the same for loops: not amount, summary or id. */
    private static byte[] repeatKey(Proposal proposal) {
        Action action = proposal.action();
        Agent agent = proposal.agent();
        return CanonicalJson.bytes(Map.of(
                "agent", agent.id(),
                "type", action.type(),
                "subject", proposal.subject().type() + "/" + proposal.subject().id(),
                "attributes", action.attributes().values()));
    }

    private static @Nullable UUID parent(Proposal proposal) {
        String parent = proposal.trace().parent();
        return parent.isEmpty() ? null : UUID.fromString(parent);
    }
}
