package io.leeway.decision;

import io.leeway.ledger.JsonObject;
import io.leeway.ledger.JsonReader;
import io.leeway.ledger.JsonWriter;
import io.leeway.model.ApprovalRequirement;
import io.leeway.model.Directive;
import io.leeway.model.Effect;
import io.leeway.model.MatchedCondition;
import io.leeway.model.MatchedRule;
import io.leeway.model.Mode;
import io.leeway.model.Obligation;
import io.leeway.model.ReasonCode;
import io.leeway.model.RuleSource;
import io.leeway.model.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result as it is recorded: canonical JSON without ids and positions, so that the same version on the same facts gives
 * the same bytes.
 */
final class VerdictJson {
    private VerdictJson() {}

    static byte[] write(Verdict verdict) {
        return write(verdict, matched(verdict.matched()));
    }

    /** @param matched what {@link #matched} gave for it */
    static byte[] write(Verdict verdict, byte[] matched) {
        JsonWriter out = JsonWriter.canonical(matched.length + 512).beginObject();
        out.member("directive", verdict.directive().name());
        if (verdict.expiresAt() != null) {
            out.name("expiresAt").value(verdict.expiresAt());
        }
        out.name("matched").raw(matched);
        out.member("mode", verdict.mode().name());
        out.name("obligations").beginArray();
        for (Obligation obligation : verdict.obligations()) {
            out.beginObject();
            out.member("type", obligation.type()).member("value", obligation.value());
            out.endObject();
        }
        out.endArray().name("reasonCodes").beginArray();
        for (ReasonCode code : verdict.reasonCodes()) {
            out.value(code.name());
        }
        out.endArray().name("requires").beginArray();
        for (ApprovalRequirement asked : verdict.requires()) {
            out.beginObject();
            out.member("group", asked.group()).name("quorum").value(asked.quorum());
            out.endObject();
        }
        return out.endArray().endObject().toBytes();
    }

    /** What matched, as it stands in the record, and so in the answer too. */
    static byte[] matched(List<MatchedRule> rules) {
        JsonWriter out = JsonWriter.canonical(2048).beginArray();
        for (MatchedRule rule : rules) {
            out.beginObject();
            out.member("because", rule.because());
            out.name("conditions").beginArray();
            for (MatchedCondition condition : rule.conditions()) {
                condition(out, condition);
            }
            out.endArray();
            out.name("decisive").value(rule.decisive());
            out.member("effect", rule.effect().name());
            out.member("mode", rule.mode().name());
            out.member("owner", rule.owner());
            out.member("rule", rule.rule());
            source(out.name("source"), rule.source());
            out.member("table", rule.table());
            out.endObject();
        }
        return out.endArray().toBytes();
    }

    private static void condition(JsonWriter out, MatchedCondition condition) {
        out.beginObject();
        out.member("actual", condition.actual());
        out.member("cell", condition.cell());
        out.member("detail", condition.detail());
        out.member("limit", condition.limit());
        out.member("operator", condition.operator());
        out.member("path", condition.path());
        out.endObject();
    }

    private static void source(JsonWriter out, @Nullable RuleSource source) {
        if (source == null) {
            out.value((String) null);
            return;
        }
        out.beginObject();
        out.member("file", source.file());
        out.member("range", source.range());
        out.member("sha256", source.sha256());
        out.member("sheet", source.sheet());
        out.endObject();
    }

    /** @throws IllegalStateException when the bytes are not what {@link #write} gave */
    static Verdict read(byte[] result) {
        JsonObject verdict = JsonReader.object(result);
        return new Verdict(
                Mode.valueOf(verdict.text("mode")),
                Directive.valueOf(verdict.text("directive")),
                verdict.texts("reasonCodes", ReasonCode::valueOf),
                verdict.objects("matched", VerdictJson::readRule),
                verdict.objects("obligations", one -> new Obligation(one.text("type"), one.text("value"))),
                verdict.objects(
                        "requires", one -> new ApprovalRequirement(one.text("group"), (int) one.integer("quorum"))),
                verdict.optionalText("expiresAt") == null ? null : verdict.time("expiresAt"));
    }

    private static MatchedRule readRule(JsonObject rule) {
        JsonObject source = rule.optionalObject("source");
        return new MatchedRule(
                rule.text("rule"),
                Effect.valueOf(rule.text("effect")),
                Mode.valueOf(rule.text("mode")),
                rule.flag("decisive"),
                rule.optionalText("table"),
                rule.text("because"),
                rule.optionalText("owner"),
                source == null ? null : readSource(source),
                rule.objects("conditions", VerdictJson::readCondition));
    }

    private static RuleSource readSource(JsonObject source) {
        return new RuleSource(
                source.text("file"), source.optionalText("sheet"), source.optionalText("range"), source.text("sha256"));
    }

    private static MatchedCondition readCondition(JsonObject condition) {
        return new MatchedCondition(
                condition.text("path"),
                condition.text("operator"),
                condition.text("limit"),
                condition.optionalText("actual"),
                condition.optionalText("detail"),
                condition.text("cell"));
    }
}
