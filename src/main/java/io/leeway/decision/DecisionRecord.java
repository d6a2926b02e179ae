package io.leeway.decision;

import io.leeway.decision.RecordedFacts.StopInScope;
import io.leeway.ledger.Appended;
import io.leeway.ledger.EntryDraft;
import io.leeway.ledger.EntryKind;
import io.leeway.ledger.Hashes;
import io.leeway.ledger.JsonObject;
import io.leeway.ledger.JsonReader;
import io.leeway.ledger.JsonWriter;
import io.leeway.ledger.StoredEntry;
import io.leeway.model.Actor;
import io.leeway.model.Directive;
import io.leeway.model.MatchedRule;
import io.leeway.model.Mode;
import io.leeway.model.Permit;
import io.leeway.model.ReasonCode;
import io.leeway.model.StopLevel;
import io.leeway.model.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A decision as an entry of the ledger: how it is written, and how it is read back. */
final class DecisionRecord {
    static final EntryKind KIND = new EntryKind("decision");

    private DecisionRecord() {}

    static EntryDraft draft(
            UUID id,
            Submission submission,
            Circumstances circumstances,
            Verdict verdict,
            @Nullable Permit permit,
            Actor actor,
            byte[] matched) {
        var proposal = submission.proposal();
        EntryDraft draft = EntryDraft.of(KIND, actor)
                .decisionId(id)
                .agent(proposal.agent().id())
                .actionType(proposal.action().type())
                .mode(verdict.mode())
                .directive(verdict.directive())
                .reasonCodes(verdict.reasonCodes())
                .rules(verdict.matched().stream().map(MatchedRule::rule).toList())
                .amount(proposal.action().money())
                .actionDigest(submission.actionDigest())
                .permit(permit)
                .tags(submission.tags())
                .facts(facts(submission, circumstances))
                .result(VerdictJson.write(verdict, matched))
                .once(submission.idempotencyKey(), submission.requestHash())
                .terms(SearchTerm.all(proposal, verdict, submission.tags()));
        if (circumstances.policy() != null) {
            draft.policy(circumstances.policy().digest());
        }
        return draft;
    }

    /**
     * The same, where its caller is only observed. The header says what was answered, and which entry allows it; the result stays what
     * rules, stage and stops come to, so that it can be made again and compared like any other.
     *
     * @param agreed position of that entry
     */
    static EntryDraft observed(EntryDraft draft, Submission submission, Verdict verdict, long agreed) {
        return draft.directive(verdict.observed().directive())
                .unenforced()
                .ref(agreed)
                .terms(SearchTerm.observed(submission.proposal(), verdict, submission.tags()));
    }

    static boolean isEnforced(JsonObject header) {
        return !Boolean.FALSE.equals(header.members().get("enforced"));
    }

    /** {@code {"derived":…,"proposal":…}}, canonical: the proposal's bytes are there already and are not written twice. */
    static byte[] facts(Submission submission, Circumstances circumstances) {
        JsonWriter out = JsonWriter.canonical(submission.canonicalBody().length + 512);
        out.beginObject().name("derived").beginObject();
        ActivityJson.write(out, circumstances.activity());
        out.name("depth").value(circumstances.depth());
        out.name("now").value(circumstances.now());
        var policy = circumstances.policy();
        if (policy != null) {
            out.name("policy").beginObject();
            out.member("digest", policy.digest()).member("version", policy.version());
            out.endObject();
        }
        out.name("repeats").value(circumstances.repeats());
        out.member("stage", circumstances.stage().name());
        out.name("stops").beginArray();
        for (StopInScope stop : circumstances.stops()) {
            out.beginObject();
            out.name("id").value(stop.id());
            if (stop.level() != StopLevel.HALT) {
                out.member("level", stop.level().name());
            }
            out.member("reason", stop.reason());
            out.endObject();
        }
        out.endArray().endObject();
        return out.name("proposal").raw(submission.canonicalBody()).endObject().toBytes();
    }

    /** The answer at the moment of deciding. */
    static Decision decision(
            @Nullable UUID id,
            String actionDigest,
            Circumstances circumstances,
            Verdict verdict,
            byte[] matched,
            @Nullable Permit permit,
            @Nullable Appended appended) {
        var policy = circumstances.policy();
        return new Decision(
                id,
                verdict,
                matched,
                circumstances.now(),
                verdict.expiresAt() == null ? circumstances.now() : verdict.expiresAt(),
                permit,
                approval(id, verdict),
                actionDigest,
                policy == null ? null : new Decision.PolicyReference(policy.version(), policy.digest()),
                appended == null ? null : new Decision.Place(appended.position(), Hashes.prefixed(appended.leafHash())),
                initialState(verdict),
                true);
    }

    private static Decision.@Nullable Approval approval(@Nullable UUID id, Verdict verdict) {
        Instant expiresAt = verdict.expiresAt();
        return verdict.directive() == Directive.AWAIT_APPROVAL && expiresAt != null
                ? new Decision.Approval(id, verdict.requires(), expiresAt)
                : null;
    }

    private static DecisionState initialState(Verdict verdict) {
        return switch (verdict.directive()) {
            case PROCEED -> DecisionState.PERMITTED;
            case AWAIT_APPROVAL -> DecisionState.PENDING;
            case HAND_OVER -> DecisionState.HANDED_OVER;
            case HALT -> DecisionState.CLOSED;
        };
    }

    /**
     * The decision that stands in an entry.
     *
     * @param consumed whether its permit was used
     * @param now to tell what is over
     */
    static RecordedDecision read(StoredEntry entry, boolean consumed, Instant now) {
        JsonObject header = entry.parsedHeader();
        byte[] result = entry.result();
        Verdict verdict = result == null ? erased(header) : VerdictJson.read(result);
        UUID id = header.id("decisionId");
        Instant decidedAt = header.time("time");
        Instant expiresAt = verdict.expiresAt();
        Decision decision = new Decision(
                id,
                verdict,
                VerdictJson.matched(verdict.matched()),
                decidedAt,
                expiresAt == null ? decidedAt : expiresAt,
                permit(header),
                approval(id, verdict),
                header.text("actionDigest"),
                policy(entry, header),
                new Decision.Place(entry.position(), Hashes.prefixed(entry.leafHash())),
                state(verdict, consumed, now),
                true);
        return new RecordedDecision(
                isEnforced(header) ? decision : decision.observed(),
                actor(header),
                header.text("agent"),
                header.text("actionType"),
                entry.facts(),
                List.of());
    }

    private static Actor actor(JsonObject header) {
        JsonObject actor = header.object("actor");
        return new Actor(actor.text("issuer"), actor.text("subject"));
    }

    private static DecisionState state(Verdict verdict, boolean consumed, Instant now) {
        if (consumed) {
            return DecisionState.CONSUMED;
        }
        Instant expiresAt = verdict.expiresAt();
        boolean over = expiresAt == null
                // Every approval has an end; where it is not known any more, nothing can be approved.
                ? verdict.directive() == Directive.AWAIT_APPROVAL
                : !now.isBefore(expiresAt);
        return over ? DecisionState.EXPIRED : initialState(verdict);
    }

    /** What the header alone still tells once the side row was erased. */
    private static Verdict erased(JsonObject header) {
        Permit permit = permit(header);
        return new Verdict(
                Mode.valueOf(header.text("mode")),
                Directive.valueOf(header.text("directive")),
                header.texts("reasonCodes", ReasonCode::valueOf),
                List.of(),
                List.of(),
                List.of(),
                permit == null ? null : permit.expiresAt());
    }

    static @Nullable Permit permit(JsonObject header) {
        JsonObject permit = header.optionalObject("permit");
        return permit == null ? null : new Permit(permit.id("id"), permit.time("expiresAt"));
    }

    /** The version's name stands with the facts; once they are erased only the digest is left. */
    static Decision.@Nullable PolicyReference policy(StoredEntry entry, JsonObject header) {
        String digest = header.optionalText("policy");
        byte[] facts = entry.facts();
        if (digest == null || facts == null) {
            return digest == null ? null : new Decision.PolicyReference("", digest);
        }
        return new Decision.PolicyReference(
                JsonReader.object(facts).object("derived").object("policy").text("version"), digest);
    }
}
