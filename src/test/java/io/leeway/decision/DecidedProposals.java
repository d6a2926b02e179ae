package io.leeway.decision;

import io.leeway.api.json.ProposalReader;
import io.leeway.control.Stop;
import io.leeway.ledger.Appended;
import io.leeway.ledger.CanonicalJson;
import io.leeway.ledger.Tags;
import io.leeway.model.Actor;
import io.leeway.model.Agent;
import io.leeway.model.Permit;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.model.Verdict;
import io.leeway.policy.compile.CompiledPolicy;
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
                stops.stream().filter(stop -> stop.scope().covers(proposal)).toList(),
                0,
                0,
                policy);
        Verdict verdict = Assessment.of(circumstances.derive(proposal), circumstances, Duration.ofSeconds(10));
        Submission submission = new Submission(
                proposal,
                CanonicalJson.bytes(sent.body()),
                new byte[16],
                new byte[32],
                Submission.actionDigest(sent.body()),
                new Tags(Map.of()),
                null);
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
                DecisionRecord.facts(submission, circumstances));
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
                before.state());
        return new RecordedDecision(after, recorded.actor(), recorded.agent(), recorded.actionType(), null);
    }
}
