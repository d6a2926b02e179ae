package io.leeway.ledger;

import io.leeway.model.Actor;
import io.leeway.model.Directive;
import io.leeway.model.Mode;
import io.leeway.model.Money;
import io.leeway.model.Permit;
import io.leeway.model.ReasonCode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry before it has its position. Header v1 has a closed set of members; each has its method here, and absent ones
 * are omitted. Not thread-safe; used once.
 *
 * <p>INVARIANT: the bytes of a header never change their meaning. Something new gets a new {@link #SCHEMA} number.
 */
public final class EntryDraft {
    /** The version of the header's form. */
    public static final int SCHEMA = 1;

    private final EntryKind kind;
    private final Actor actor;
    private @Nullable UUID decisionId;
    private @Nullable String agent;
    private @Nullable String actionType;
    private @Nullable Mode mode;
    private @Nullable Directive directive;
    private @Nullable List<String> reasonCodes;
    private @Nullable List<String> rules;
    private @Nullable String policy;
    private @Nullable Money amount;
    private @Nullable String actionDigest;
    private @Nullable Permit permit;
    private @Nullable Long ref;
    private @Nullable PositionRange erased;
    private boolean enforced = true;
    private @Nullable Instant until;
    private Tags tags = Tags.NONE;
    private byte @Nullable [] facts;
    private byte @Nullable [] result;
    private byte @Nullable [] idempotencyKey;
    private byte @Nullable [] requestHash;
    private long @Nullable [] terms;

    private EntryDraft(EntryKind kind, Actor actor) {
        this.kind = kind;
        this.actor = actor;
    }

    public static EntryDraft of(EntryKind kind, Actor actor) {
        return new EntryDraft(kind, actor);
    }

    public EntryDraft decisionId(UUID id) {
        decisionId = id;
        return this;
    }

    public EntryDraft agent(String agent) {
        this.agent = agent;
        return this;
    }

    /** An action type, or the family or {@code *} that a stop or stage names. */
    public EntryDraft actionType(String type) {
        actionType = type;
        return this;
    }

    /** The verdict's mode; on a stage, and on a stop that is no halt, the cap that it sets. */
    public EntryDraft mode(Mode mode) {
        this.mode = mode;
        return this;
    }

    public EntryDraft directive(Directive directive) {
        this.directive = directive;
        return this;
    }

    public EntryDraft reasonCodes(List<ReasonCode> codes) {
        reasonCodes = codes.stream().map(ReasonCode::name).toList();
        return this;
    }

    /** Ids of the rules that spoke, in the order of the answer. */
    public EntryDraft rules(List<String> ids) {
        rules = List.copyOf(ids);
        return this;
    }

    /** Digest of the policy version, {@code sha256:…}. */
    public EntryDraft policy(String digest) {
        policy = digest;
        return this;
    }

    public EntryDraft amount(@Nullable Money money) {
        amount = money;
        return this;
    }

    /** {@code sha256:…} of the action as the permit binds it. */
    public EntryDraft actionDigest(String digest) {
        actionDigest = digest;
        return this;
    }

    public EntryDraft permit(@Nullable Permit permit) {
        this.permit = permit;
        return this;
    }

    /** Position of the entry that this one answers. */
    public EntryDraft ref(long position) {
        ref = position;
        return this;
    }

    /** First and last position between which everything that stood beside the entries is gone. */
    public EntryDraft erased(long first, long last) {
        erased = new PositionRange(first, last);
        return this;
    }

    /** Of a decision: that its verdict binds nobody. {@link #ref} then leads to the entry that allows it. */
    public EntryDraft unenforced() {
        enforced = false;
        return this;
    }

    /** When what the entry sets ends by itself, exclusive. */
    public EntryDraft until(@Nullable Instant end) {
        until = end;
        return this;
    }

    public EntryDraft tags(Tags tags) {
        this.tags = tags;
        return this;
    }

    /** Canonical facts: kept beside the entry, erasable, and committed to by the header. */
    public EntryDraft facts(byte[] canonical) {
        facts = canonical;
        return this;
    }

    /** Canonical result: kept beside the entry, erasable, and reproduced by re-execution. */
    public EntryDraft result(byte[] canonical) {
        result = canonical;
        return this;
    }

    /** What makes a second entry of this key impossible, and the hash that tells a repeat from another request. */
    public EntryDraft once(byte[] key, byte[] hash) {
        idempotencyKey = key;
        requestHash = hash;
        return this;
    }

    /** What the entry is found by: kept beside the header, for a projection to take over without reading that. */
    public EntryDraft terms(long... terms) {
        this.terms = terms;
        return this;
    }

    /** Header v1 at its place in the log, RFC 8785 form: absent members are left out, the others sorted by name. */
    byte[] header(String realm, long position, Instant time, byte @Nullable [] factsCommitment) {
        JsonWriter out = JsonWriter.canonical(1024).beginObject();
        member(out, "actionDigest", actionDigest);
        member(out, "actionType", actionType);
        out.name("actor").beginObject();
        out.member("issuer", actor.issuer()).member("subject", actor.subject()).endObject();
        member(out, "agent", agent);
        if (amount != null) {
            out.name("amount").beginObject();
            out.member("currency", amount.currency())
                    .member("value", amount.text())
                    .endObject();
        }
        member(out, "decisionId", decisionId == null ? null : decisionId.toString());
        member(out, "directive", directive == null ? null : directive.name());
        if (!enforced) {
            out.name("enforced").value(false);
        }
        if (erased != null) {
            out.name("erased").beginObject();
            out.name("first").value(erased.first()).name("last").value(erased.last());
            out.endObject();
        }
        if (factsCommitment != null) {
            out.name("factsCommitment").value(factsCommitment);
        }
        out.member("kind", kind.name());
        member(out, "mode", mode == null ? null : mode.name());
        if (permit != null) {
            out.name("permit").beginObject();
            out.name("expiresAt").value(permit.expiresAt());
            out.name("id").value(permit.id()).endObject();
        }
        member(out, "policy", policy);
        out.name("position").value(position).member("realm", realm);
        members(out);
        out.name("time").value(time);
        if (until != null) {
            out.name("until").value(until);
        }
        return out.endObject().toBytes();
    }

    /** Those from {@code reasonCodes} to {@code tags}. */
    private void members(JsonWriter out) {
        if (reasonCodes != null) {
            out.name("reasonCodes").value(reasonCodes);
        }
        if (ref != null) {
            out.name("ref").value(ref);
        }
        if (rules != null) {
            out.name("rules").value(rules);
        }
        out.name("schema").value(SCHEMA);
        if (!tags.byKind().isEmpty()) {
            out.name("tags").beginObject();
            tags.byKind().forEach(out::member);
            out.endObject();
        }
    }

    private static void member(JsonWriter out, String name, @Nullable String text) {
        if (text != null) {
            out.member(name, text);
        }
    }

    EntryKind kind() {
        return kind;
    }

    byte @Nullable [] facts() {
        return facts;
    }

    byte @Nullable [] result() {
        return result;
    }

    byte @Nullable [] idempotencyKey() {
        return idempotencyKey;
    }

    byte @Nullable [] requestHash() {
        return requestHash;
    }

    long @Nullable [] terms() {
        return terms;
    }

    private record PositionRange(long first, long last) {}
}
