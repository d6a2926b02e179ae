package io.leeway.decision;

import io.leeway.ledger.CanonicalJson;
import io.leeway.ledger.JsonObject;
import io.leeway.ledger.JsonReader;
import io.leeway.ledger.LedgerTime;
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
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The result as it is recorded: canonical JSON without ids and positions, so that the same version on the same facts gives
 * the same bytes.
 */
final class VerdictJson {
    private VerdictJson() {}

    static byte[] write(Verdict verdict) {
        Map<String, Object> members = new TreeMap<>();
        members.put("mode", verdict.mode().name());
        members.put("directive", verdict.directive().name());
        members.put(
                "reasonCodes", verdict.reasonCodes().stream().map(Enum::name).toList());
        members.put("matched", verdict.matched().stream().map(VerdictJson::rule).toList());
        members.put(
                "obligations",
                verdict.obligations().stream()
                        .map(obligation ->
                                new TreeMap<>(Map.of("type", obligation.type(), "value", obligation.value())))
                        .toList());
        members.put(
                "requires",
                verdict.requires().stream()
                        .map(asked ->
                                new TreeMap<String, Object>(Map.of("group", asked.group(), "quorum", asked.quorum())))
                        .toList());
        putUnlessNull(members, "expiresAt", verdict.expiresAt() == null ? null : LedgerTime.text(verdict.expiresAt()));
        return CanonicalJson.bytes(members);
    }

    private static Map<String, Object> rule(MatchedRule rule) {
        Map<String, Object> members = new TreeMap<>();
        members.put("rule", rule.rule());
        members.put("effect", rule.effect().name());
        members.put("mode", rule.mode().name());
        members.put("decisive", rule.decisive());
        members.put("because", rule.because());
        members.put(
                "conditions",
                rule.conditions().stream().map(VerdictJson::condition).toList());
        putUnlessNull(members, "table", rule.table());
        putUnlessNull(members, "owner", rule.owner());
        RuleSource source = rule.source();
        if (source != null) {
            Map<String, Object> place = new TreeMap<>();
            place.put("file", source.file());
            place.put("sha256", source.sha256());
            putUnlessNull(place, "sheet", source.sheet());
            putUnlessNull(place, "range", source.range());
            members.put("source", place);
        }
        return members;
    }

    private static Map<String, Object> condition(MatchedCondition condition) {
        Map<String, Object> members = new TreeMap<>();
        members.put("path", condition.path());
        members.put("operator", condition.operator());
        members.put("limit", condition.limit());
        members.put("cell", condition.cell());
        putUnlessNull(members, "actual", condition.actual());
        putUnlessNull(members, "detail", condition.detail());
        return members;
    }

    private static void putUnlessNull(Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
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
