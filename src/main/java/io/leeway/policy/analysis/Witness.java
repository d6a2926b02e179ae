package io.leeway.policy.analysis;

import io.leeway.model.Action;
import io.leeway.model.Activity;
import io.leeway.model.ActivityQuery;
import io.leeway.model.Agent;
import io.leeway.model.Attributes;
import io.leeway.model.Evidence;
import io.leeway.model.EvidenceSet;
import io.leeway.model.Money;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.model.Subject;
import io.leeway.model.Trace;
import io.leeway.policy.ActionType;
import io.leeway.policy.ActivityPaths;
import io.leeway.policy.AttributeType;
import io.leeway.policy.Path;
import io.leeway.policy.Rates;
import io.leeway.policy.Vocabulary;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes the proposal that a point stands for: whole, as the lane would show it to the rules. */
final class Witness {
    private static final Instant SOME_DAY = Instant.parse("2026-01-01T12:00:00Z");

    private static final Set<String> PATHS = Set.of(
            Space.MOMENT,
            "action.type",
            "action.currency",
            "action.amount",
            "action.confidence",
            "action.reversible",
            "agent.id",
            "agent.operator",
            "agent.stage",
            "agent.onBehalfOf",
            "subject.type",
            "subject.id",
            "evidence.oldestSeconds",
            "evidence.count",
            "trace.depth",
            "trace.repeats");

    private final Space space;
    private final Point point;
    /** When it is decided; null for the moment of the point. */
    private final @Nullable Instant moment;
    /** The amount that is sent, if one is; null for that of the point. */
    private final @Nullable BigDecimal amount;

    Witness(Space space, Point point, @Nullable Instant moment, @Nullable BigDecimal amount) {
        this.space = space;
        this.point = point;
        this.moment = moment;
        this.amount = amount;
    }

    /** Whether a proposal can be made that has a given value of the path. */
    static boolean canShow(Path path) {
        return PATHS.contains(path.text())
                || path.text().startsWith("now.")
                || Vocabulary.attributeOf(path) != null
                || path.evidenceAge() != null
                || path.activity() != null
                || path.text().startsWith("evidence.schema(")
                || path.text().startsWith("evidence.verified(");
    }

    /** The proposal, null when a row asks for something that none can be made to show. */
    static @Nullable Proposal of(Space space, Point point) {
        return of(space, point, other -> false);
    }

    /**
     * As {@link #of(Space, Point)}.
     *
     * @param shows whether a proposal that stands for another point shows the same; where values hang together in ways that
     *     points do not know, as amounts in two currencies do, that is often the nearest there is
     */
    static @Nullable Proposal of(Space space, Point point, Predicate<Point> shows) {
        return new WitnessSearch(space, point).find(shows);
    }

    /** The proposal, which may stand for another point where values hang together. */
    Proposal proposal() {
        String type = text("action.type", "some.action");
        ActionType declared = space.tables().actions().get(type);
        Map<String, String> schemas = new HashMap<>(declared == null ? Map.of() : declared.evidence());
        schemas.values().removeIf(String::isEmpty);
        Instant now = moment == null ? now() : moment;
        Action action = new Action(
                "witness",
                type,
                "",
                money(declared),
                number("action.confidence", BigDecimal.ONE),
                value("action.reversible") instanceof Boolean flag ? flag : null,
                attributes(declared == null ? Map.of() : declared.actionAttributes(), "action."),
                "");
        Proposal sent = new Proposal(
                action,
                new Agent(
                        text("agent.id", "some-agent"),
                        text("agent.operator", ""),
                        text("agent.onBehalfOf", ""),
                        Stage.SUPERVISED),
                new Subject(
                        text("subject.type", "some-type"),
                        text("subject.id", "some-subject"),
                        attributes(declared == null ? Map.of() : declared.subjectAttributes(), Vocabulary.SUBJECT)),
                EvidenceSet.asSent(evidence(now)),
                new Trace("some-trace", "", "", BigDecimal.ZERO, BigDecimal.ZERO));
        return sent.at(
                now,
                Stage.valueOf(text("agent.stage", Stage.FULL.name())),
                schemas,
                number("trace.depth", BigDecimal.ZERO).longValue(),
                number("trace.repeats", BigDecimal.ZERO).longValue(),
                activity(action.amount()));
    }

    private Activity activity(@Nullable BigDecimal sent) {
        Activity activity = Activity.NONE;
        for (int i = 0; i < space.dimensions().size(); i++) {
            ActivityQuery query = space.dimension(i).path().activity();
            Object value = query == null ? null : valueAt(i);
            if (query != null && value != null) {
                activity = ActivityPaths.given(query, value, activity, sent);
            }
        }
        return activity;
    }

    /** A proposal of which nothing counts but when it is decided. */
    static Proposal at(Instant moment) {
        return new Proposal(
                new Action("witness", "", "", null, null, null, Attributes.NONE, ""),
                new Agent("", "", "", Stage.FULL),
                new Subject("", ""),
                new EvidenceSet(List.of(), moment, Map.of()),
                Trace.NONE);
    }

    Instant now() {
        Instant asked = space.clock().at(point);
        if (asked != null) {
            return asked;
        }
        return value(Space.MOMENT) instanceof BigDecimal moment
                ? Instant.ofEpochSecond(moment.longValueExact())
                : someDay();
    }

    /** On which there is no rate where the point has none. */
    private Instant someDay() {
        Rates rates = space.tables().data().rates();
        for (int i = 0; i < space.dimensions().size(); i++) {
            String target = ConvertedLaw.target(space.dimension(i).path());
            String currency = text("action.currency", "");
            if (target != null && valueAt(i) == null && !currency.isEmpty()) {
                LocalDate without = rates.dayWithout(currency, target);
                if (without != null
                        && rates.on(LocalDate.ofInstant(SOME_DAY, ZoneOffset.UTC), currency, target) != null) {
                    return without.atStartOfDay().toInstant(ZoneOffset.UTC);
                }
            }
        }
        return SOME_DAY;
    }

    private @Nullable Money money(@Nullable ActionType declared) {
        ActionType.AmountRule rule = declared == null ? ActionType.AmountRule.OPTIONAL : declared.amount();
        boolean asked = space.indexOf("action.amount") >= 0 || space.indexOf("action.currency") >= 0;
        boolean absent = space.indexOf("action.amount") >= 0 && value("action.amount") == null
                || space.indexOf("action.currency") >= 0 && "".equals(value("action.currency"));
        if (absent || !asked && rule != ActionType.AmountRule.REQUIRED) {
            return null;
        }
        AttributeType currencies = space.tables().attributes().get("action.currency");
        String some = currencies == null || currencies.allowed().isEmpty()
                ? "USD"
                : currencies.allowed().get(0);
        BigDecimal sent = amount == null ? number("action.amount", BigDecimal.ONE) : amount;
        return new Money(sent, text("action.currency", some));
    }

    /** @param object with what the paths of its attributes begin */
    private Attributes attributes(Map<String, Boolean> listed, String object) {
        Map<String, Object> attributes = new HashMap<>();
        listed.forEach((name, required) -> {
            if (required) {
                attributes.put(name, someValue(space.tables().attributes().get(name)));
            }
        });
        for (int i = 0; i < space.dimensions().size(); i++) {
            Path path = space.dimension(i).path();
            String name = path.text().startsWith(object) ? Vocabulary.attributeOf(path) : null;
            Object value = valueAt(i);
            if (name != null && value != null && (!value.equals("") || attributes.containsKey(name))) {
                attributes.put(name, value);
            }
        }
        return new Attributes(attributes);
    }

    private static Object someValue(@Nullable AttributeType declared) {
        if (declared == null) {
            return "some";
        }
        return switch (declared.type()) {
            case TEXT ->
                declared.allowed().isEmpty() ? "some" : declared.allowed().get(0);
            case NUMBER -> BigDecimal.ONE;
            case FLAG -> true;
        };
    }

    private List<Evidence> evidence(Instant now) {
        return point.evidence().stream()
                .map(item -> new Evidence(
                        item.name(),
                        "",
                        now.minus(Duration.ZERO
                                .plusSeconds(item.age().longValue())
                                .plusNanos(item.age()
                                        .remainder(BigDecimal.ONE)
                                        .movePointRight(9)
                                        .longValue())),
                        item.schema(),
                        List.of(),
                        ""))
                .toList();
    }

    String text(String path, String otherwise) {
        return value(path) instanceof String text ? text : otherwise;
    }

    BigDecimal number(String path, BigDecimal otherwise) {
        return value(path) instanceof BigDecimal number ? number : otherwise;
    }

    private @Nullable Object value(String path) {
        int dimension = space.indexOf(path);
        return dimension < 0 ? null : valueAt(dimension);
    }

    @Nullable
    Object valueAt(int dimension) {
        return space.dimension(dimension)
                .classes()
                .get(point.classOf(dimension))
                .sample();
    }
}
