package io.leeway.api.rest;

import io.leeway.decision.Decision;
import io.leeway.decision.RecordedFacts.StopInScope;
import io.leeway.ledger.JsonWriter;
import io.leeway.model.ApprovalRequirement;
import io.leeway.model.Obligation;
import io.leeway.model.Permit;
import io.leeway.model.ReasonCode;
import io.leeway.model.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to a proposal, as {@link DecisionView} describes it, written without reflection: every agent action waits for it. */
final class DecisionJson {
    private DecisionJson() {}

    /** The bytes of a decision that was just made. */
    static byte[] of(Decision decision) {
        Verdict verdict = decision.verdict();
        JsonWriter out = JsonWriter.plain(decision.matched().length + 1024).beginObject();
        out.name("decisionId").value(decision.id());
        out.member("mode", verdict.mode().name());
        out.member("directive", verdict.directive().name());
        out.name("enforced").value(decision.enforced());
        out.member("reason", verdict.reason());
        out.name("reasonCodes").beginArray();
        for (ReasonCode code : verdict.reasonCodes()) {
            out.value(code.name());
        }
        out.endArray();
        out.name("decidedAt").value(decision.decidedAt());
        out.name("validUntil").value(decision.validUntil());
        out.name("matched").raw(decision.matched());
        out.name("obligations").beginArray();
        for (Obligation obligation : verdict.obligations()) {
            out.beginObject();
            out.member("type", obligation.type()).member("value", obligation.value());
            out.endObject();
        }
        out.endArray();
        approval(out.name("approval"), decision.approval());
        permit(out.name("permit"), decision.permit());
        out.member("actionDigest", decision.actionDigest());
        policy(out.name("policy"), decision.policy());
        place(out.name("record"), decision.place());
        drills(out, decision.drills());
        return out.endObject().toBytes();
    }

    private static void approval(JsonWriter out, Decision.@Nullable Approval approval) {
        if (approval == null) {
            out.value((String) null);
            return;
        }
        out.beginObject().name("id").value(approval.id());
        out.name("requires").beginArray();
        for (ApprovalRequirement asked : approval.requires()) {
            out.beginObject();
            out.member("group", asked.group()).name("quorum").value(asked.quorum());
            out.endObject();
        }
        out.endArray().name("expiresAt").value(approval.expiresAt());
        out.member("href", approval.id() == null ? null : "/v1/approvals/" + approval.id())
                .endObject();
    }

    private static void permit(JsonWriter out, @Nullable Permit permit) {
        if (permit == null) {
            out.value((String) null);
            return;
        }
        out.beginObject().name("id").value(permit.id());
        out.name("expiresAt").value(permit.expiresAt()).endObject();
    }

    private static void policy(JsonWriter out, Decision.@Nullable PolicyReference policy) {
        if (policy == null) {
            out.value((String) null);
            return;
        }
        out.beginObject();
        out.member("version", policy.version()).member("digest", policy.digest());
        out.endObject();
    }

    /** Left out where there is none, which is nearly always. */
    private static void drills(JsonWriter out, List<StopInScope> drills) {
        if (drills.isEmpty()) {
            return;
        }
        out.name("drills").beginArray();
        for (StopInScope drill : drills) {
            out.beginObject().name("id").value(drill.id());
            out.member("level", drill.level().name());
            out.member("reason", drill.reason()).endObject();
        }
        out.endArray();
    }

    private static void place(JsonWriter out, Decision.@Nullable Place place) {
        if (place == null) {
            out.value((String) null);
            return;
        }
        out.beginObject().name("index").value(place.index());
        out.member("leafHash", place.leafHash()).endObject();
    }
}
