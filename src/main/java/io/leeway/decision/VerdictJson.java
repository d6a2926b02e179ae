package io.leeway.decision;

import io.leeway.ledger.CanonicalJson;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
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
        members.put("reason", verdict.reason());
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
        Map<String, Object> members = JsonReader.object(result);
        String expiresAt = text(members, "expiresAt");
        return new Verdict(
                Mode.valueOf(required(members, "mode")),
                Directive.valueOf(required(members, "directive")),
                required(members, "reason"),
                list(members, "reasonCodes", code -> ReasonCode.valueOf((String) code)),
                list(members, "matched", rule -> readRule(object(rule))),
                list(
                        members,
                        "obligations",
                        one -> new Obligation(required(object(one), "type"), required(object(one), "value"))),
                list(
                        members,
                        "requires",
                        one -> new ApprovalRequirement(
                                required(object(one), "group"),
                                ((Long) object(one).get("quorum")).intValue())),
                expiresAt == null ? null : Instant.parse(expiresAt));
    }

    private static MatchedRule readRule(Map<String, Object> rule) {
        Object source = rule.get("source");
        return new MatchedRule(
                required(rule, "rule"),
                Effect.valueOf(required(rule, "effect")),
                Mode.valueOf(required(rule, "mode")),
                Boolean.TRUE.equals(rule.get("decisive")),
                text(rule, "table"),
                required(rule, "because"),
                text(rule, "owner"),
                source == null ? null : readSource(object(source)),
                list(rule, "conditions", one -> readCondition(object(one))));
    }

    private static RuleSource readSource(Map<String, Object> source) {
        return new RuleSource(
                required(source, "file"), text(source, "sheet"), text(source, "range"), required(source, "sha256"));
    }

    private static MatchedCondition readCondition(Map<String, Object> condition) {
        return new MatchedCondition(
                required(condition, "path"),
                required(condition, "operator"),
                required(condition, "limit"),
                text(condition, "actual"),
                text(condition, "detail"),
                required(condition, "cell"));
    }

    private static @Nullable String text(Map<String, Object> members, String name) {
        return (String) members.get(name);
    }

    private static String required(Map<String, Object> members, String name) {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalStateException("the recorded result has no `" + name + "`");
    }

    private static <T> List<T> list(Map<String, Object> members, String name, Function<Object, T> read) {
        return ((List<?>) members.getOrDefault(name, List.of()))
                .stream().map(read::apply).toList();
    }

    @SuppressWarnings("unchecked") // JSON objects are read as maps with names
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }
}
