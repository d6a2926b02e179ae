package io.leeway.decision;

import io.leeway.activity.ActivityEvent;
import io.leeway.api.json.ProposalReader;
import io.leeway.control.Stop;
import io.leeway.decision.RecordedFacts.StopInScope;
import io.leeway.ledger.Appended;
import io.leeway.ledger.CanonicalJson;
import io.leeway.ledger.EntryDraft;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.PositionedId;
import io.leeway.ledger.SeededLedger;
import io.leeway.ledger.Tags;
import io.leeway.model.Activity;
import io.leeway.model.Actor;
import io.leeway.model.Agent;
import io.leeway.model.Directive;
import io.leeway.model.Permit;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.model.Verdict;
import io.leeway.policy.compile.CompiledPolicy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides as the lane does, and gives what would be read back, without a ledger. */
public final class DecidedProposals {
    private static final UUID ID = UUID.fromString("01a2049e-9435-7e5b-8000-00445c27da0e");

    private DecidedProposals() {}

    /** The decision on that body, proposed with the key {@code billing platform}. */
    public static RecordedDecision decide(
            byte[] body, Instant now, Stage stage, List<Stop> stops, @Nullable CompiledPolicy policy) {
        SentProposal sent = ProposalReader.read(body);
        Proposal proposal = sent.proposal();
        Circumstances circumstances = new Circumstances(
                now,
                stage,
                stops.stream()
                        .filter(stop -> stop.scope().covers(proposal))
                        .map(StopInScope::of)
                        .toList(),
                0,
                0,
                Activity.NONE,
                policy);
        Verdict verdict = Assessment.of(circumstances.derive(proposal), circumstances, Duration.ofSeconds(10));
        Submission submission = submission(4711, sent);
        Decision decision = DecisionRecord.decision(
                ID,
                submission.actionDigest(),
                circumstances,
                verdict,
                VerdictJson.matched(verdict.matched()),
                verdict.expiresAt() == null ? null : new Permit(ID, verdict.expiresAt()),
                new Appended(4711, now, new byte[0], new byte[32]));
        Agent agent = proposal.agent();
        return new RecordedDecision(
                decision,
                new Actor(Actor.LEEWAY, "billing platform"),
                agent.id(),
                proposal.action().type(),
                DecisionRecord.facts(submission, circumstances),
                List.of());
    }

    private static Submission submission(long position, SentProposal sent) {
        return new Submission(
                sent.proposal(),
                CanonicalJson.bytes(sent.body()),
                ByteBuffer.allocate(16).putLong(position).array(),
                new byte[32],
                Submission.actionDigest(sent.body()),
                new Tags(Map.of()),
                new ActivityEvent("", "", "", null, "", null),
                null);
    }

    /** The decision on that body as an entry of the ledger, as {@link #draft} appended at that position. */
    public static DecisionEntry entry(
            long position, byte[] body, RecordedFacts derived, @Nullable CompiledPolicy policy) {
        return DecisionEntry.of(
                SeededLedger.stored("test", position, derived.now(), draft(position, body, derived, policy)));
    }

    /** The same for a caller who is only observed. */
    public static DecisionEntry observed(
            long position, byte[] body, RecordedFacts derived, @Nullable CompiledPolicy policy) {
        SentProposal sent = ProposalReader.read(body);
        Circumstances circumstances = circumstances(derived, policy);
        Verdict verdict = Assessment.of(circumstances.derive(sent.proposal()), circumstances, Duration.ofMinutes(1));
        EntryDraft draft = draft(position, body, derived, policy).permit(null);
        return DecisionEntry.of(SeededLedger.stored(
                "test",
                position,
                derived.now(),
                DecisionRecord.observed(draft, submission(position, sent), verdict, 0)));
    }

    private static Circumstances circumstances(RecordedFacts derived, @Nullable CompiledPolicy policy) {
        return new Circumstances(
                derived.now(),
                derived.stage(),
                derived.stops(),
                derived.depth(),
                derived.repeats(),
                derived.activity(),
                policy);
    }

    /**
     * The decision on that body, before it is appended.
     *
     * @param position makes its id
     * @param derived time, stage, stops and trace; what was sent is not looked at
     */
    public static EntryDraft draft(long position, byte[] body, RecordedFacts derived, @Nullable CompiledPolicy policy) {
        SentProposal sent = ProposalReader.read(body);
        Circumstances circumstances = circumstances(derived, policy);
        Verdict verdict = Assessment.of(circumstances.derive(sent.proposal()), circumstances, Duration.ofMinutes(1));
        UUID id = PositionedId.at(derived.now(), position, () -> position);
        Permit permit = verdict.directive() == Directive.PROCEED && verdict.expiresAt() != null
                ? new Permit(PositionedId.at(derived.now(), position, () -> ~position), verdict.expiresAt())
                : null;
        return DecisionRecord.draft(
                id,
                submission(position, sent),
                circumstances,
                verdict,
                permit,
                new Actor(Actor.LEEWAY, "billing platform"),
                VerdictJson.matched(verdict.matched()));
    }

    /** The decision on that body while no policy is active, before it is appended, to be found by its trace and its subject. */
    public static EntryDraft draft(Ledger ledger, UUID id, byte[] body, Instant now, long depth) {
        SentProposal sent = ProposalReader.read(body);
        Circumstances circumstances =
                new Circumstances(now, Stage.SUPERVISED, List.of(), depth, 0, Activity.NONE, null);
        Verdict verdict = Assessment.of(circumstances.derive(sent.proposal()), circumstances);
        return DecisionRecord.draft(
                id,
                Submission.of(ledger, sent),
                circumstances,
                verdict,
                null,
                new Actor(Actor.LEEWAY, "billing platform"),
                VerdictJson.matched(verdict.matched()));
    }

    /** What belongs together in a ledger that was filled without a service. */
    public static RelatedDecisions related(Ledger ledger) {
        return new RelatedDecisions(ledger, new DecisionSummaries(ledger, new DecisionSummaryRows()));
    }

    /** Decisions of a ledger that was filled without a service. */
    public static DecisionEntries entries(Ledger ledger) {
        return new DecisionEntries(ledger, new DecisionSummaries(ledger, new DecisionSummaryRows()));
    }

    /** The same once facts and result are erased: what the header tells. */
    public static RecordedDecision erased(RecordedDecision recorded) {
        Decision before = recorded.decision();
        Verdict verdict = before.verdict();
        Decision.PolicyReference policy = before.policy();
        Decision after = new Decision(
                before.id(),
                new Verdict(
                        verdict.mode(),
                        verdict.directive(),
                        verdict.reasonCodes(),
                        List.of(),
                        List.of(),
                        List.of(),
                        null),
                VerdictJson.matched(List.of()),
                before.decidedAt(),
                before.decidedAt(),
                null,
                null,
                before.actionDigest(),
                policy == null ? null : new Decision.PolicyReference("", policy.digest()),
                before.place(),
                before.state(),
                before.enforced());
        return new RecordedDecision(after, recorded.actor(), recorded.agent(), recorded.actionType(), null, List.of());
    }
}
