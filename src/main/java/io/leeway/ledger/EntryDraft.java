package io.leeway.ledger;

import io.leeway.model.Actor;
import io.leeway.model.Directive;
import io.leeway.model.Mode;
import io.leeway.model.Money;
import io.leeway.model.Permit;
import io.leeway.model.ReasonCode;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    private final TreeMap<String, Object> members = new TreeMap<>();
    private byte @Nullable [] facts;
    private byte @Nullable [] result;
    private byte @Nullable [] idempotencyKey;
    private byte @Nullable [] requestHash;

    private EntryDraft(EntryKind kind, Actor actor) {
        this.kind = kind;
        members.put("kind", kind.name());
        members.put("actor", new TreeMap<>(Map.of("issuer", actor.issuer(), "subject", actor.subject())));
    }

    public static EntryDraft of(EntryKind kind, Actor actor) {
        return new EntryDraft(kind, actor);
    }

    public EntryDraft decisionId(UUID id) {
        return put("decisionId", id.toString());
    }

    public EntryDraft agent(String agent) {
        return put("agent", agent);
    }

    /** An action type, or the family or {@code *} that a stop or stage names. */
    public EntryDraft actionType(String type) {
        return put("actionType", type);
    }

    /** The verdict's mode; on a stage the cap that it sets. */
    public EntryDraft mode(Mode mode) {
        return put("mode", mode.name());
    }

    public EntryDraft directive(Directive directive) {
        return put("directive", directive.name());
    }

    public EntryDraft reasonCodes(List<ReasonCode> codes) {
        return put("reasonCodes", codes.stream().map(ReasonCode::name).toList());
    }

    /** Ids of the rules that spoke, in the order of the answer. */
    public EntryDraft rules(List<String> ids) {
        return put("rules", List.copyOf(ids));
    }

    /** Digest of the policy version, {@code sha256:…}. */
    public EntryDraft policy(String digest) {
        return put("policy", digest);
    }

    public EntryDraft amount(@Nullable Money money) {
        return money == null
                ? this
                : put("amount", new TreeMap<>(Map.of("currency", money.currency(), "value", money.text())));
    }

    /** {@code sha256:…} of the action as the permit binds it. */
    public EntryDraft actionDigest(String digest) {
        return put("actionDigest", digest);
    }

    public EntryDraft permit(@Nullable Permit permit) {
        return permit == null
                ? this
                : put(
                        "permit",
                        new TreeMap<>(Map.of(
                                "expiresAt",
                                LedgerTime.text(permit.expiresAt()),
                                "id",
                                permit.id().toString())));
    }

    /** Position of the entry that this one answers. */
    public EntryDraft ref(long position) {
        return put("ref", position);
    }

    /** First and last position between which everything that stood beside the entries is gone. */
    public EntryDraft erased(long first, long last) {
        return put("erased", new TreeMap<>(Map.of("first", first, "last", last)));
    }

    public EntryDraft tags(Tags tags) {
        return tags.byKind().isEmpty() ? this : put("tags", new TreeMap<>(tags.byKind()));
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

    /** Header v1 at its place in the log, RFC 8785 form. */
    byte[] header(String realm, long position, Instant time, byte @Nullable [] factsCommitment) {
        members.put("schema", SCHEMA);
        members.put("realm", realm);
        members.put("position", position);
        members.put("time", LedgerTime.text(time));
        if (factsCommitment != null) {
            members.put("factsCommitment", "sha256:" + HexFormat.of().formatHex(factsCommitment));
        }
        return CanonicalJson.bytes(members);
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

    private EntryDraft put(String name, Object value) {
        members.put(name, value);
        return this;
    }
}
