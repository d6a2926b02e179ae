package io.leeway.policy;

import io.leeway.model.Action;
import io.leeway.model.Activity;
import io.leeway.model.ActivityQuery;
import io.leeway.model.Agent;
import io.leeway.model.Attributes;
import io.leeway.model.EvidenceSet;
import io.leeway.model.Money;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.model.Subject;
import io.leeway.model.Trace;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A proposal to which single facts are given, one after the other: what tests and "what if" have in common. Not
 * thread-safe.
 *
 * <p>Facts that follow from others (how old the oldest evidence is, how many pieces there are) are met as far as the other
 * facts allow. Whoever needs to know asks the path of the proposal that came of it.
 */
public final class ProposalDraft {
    /** The inputs that can be given, by name. */
    public static final Set<String> NAMES = Set.of(
            "action.type",
            "action.currency",
            "action.amount",
            "action.confidence",
            "action.reversible",
            "action.text",
            "action.number",
            "action.flag",
            "action.ratio",
            "action.amountIn",
            "agent.id",
            "agent.operator",
            "agent.onBehalfOf",
            "agent.stage",
            "subject.type",
            "subject.id",
            "subject.text",
            "subject.number",
            "subject.flag",
            "evidence.staleAfter",
            "evidence.schema",
            "evidence.ageSeconds",
            "evidence.verified",
            "evidence.oldestSeconds",
            "evidence.count",
            "trace.depth",
            "trace.repeats",
            "activity.count",
            "activity.exposure",
            "activity.agents",
            "activity.recently",
            "activity.returns",
            "now",
            "now.weekday",
            "now.time",
            "now.calendar");

    private static final int AMOUNT_PLACES = 6;
    private static final String SOME_CURRENCY = "USD";

    private final Map<String, Object> given = new HashMap<>();
    private final Map<String, Object> attributes;
    private final Map<String, Object> subjectAttributes;
    private final EvidenceDraft evidence;
    private final MomentDraft moment = new MomentDraft();
    /** Ratios and converted amounts: met last, by what is not given otherwise. */
    private final Map<TestInput, BigDecimal> derived = new LinkedHashMap<>();

    private final Map<ActivityQuery, Object> activity = new LinkedHashMap<>();

    private final Proposal base;

    private ProposalDraft(Proposal base) {
        this.base = base;
        this.attributes = new HashMap<>(base.action().attributes().values());
        this.subjectAttributes = new HashMap<>(base.subject().attributes().values());
        this.evidence = new EvidenceDraft(base.evidence().items());
    }

    /** Starts from a proposal that says nothing, of an agent that has earned {@link Stage#FULL}: only rules speak then. */
    public static ProposalDraft blank(Instant now) {
        Action action = new Action("test", "", "", null, null, null, Attributes.NONE, "");
        return new ProposalDraft(new Proposal(
                action,
                new Agent("test", "", "", Stage.FULL),
                new Subject("", ""),
                new EvidenceSet(List.of(), now, Map.of()),
                Trace.NONE));
    }

    /** Starts from a proposal with what is derived. */
    public static ProposalDraft of(Proposal proposal) {
        return new ProposalDraft(proposal);
    }

    static boolean canGive(String name) {
        return NAMES.contains(name);
    }

    /** Gives one fact; the value is of the input's kind. */
    public ProposalDraft give(TestInput input, Object value) {
        if (input.path() != null && input.path().activity() != null) {
            activity.put(input.path().activity(), value);
            return this;
        }
        switch (input.name()) {
            case "action.text", "action.number", "action.flag" ->
                attributes.put(input.arguments().get(0), value);
            case "subject.text", "subject.number", "subject.flag" ->
                subjectAttributes.put(input.arguments().get(0), value);
            case "evidence.staleAfter", "evidence.schema", "evidence.ageSeconds" -> evidence.give(input, value);
            case "evidence.oldestSeconds" -> evidence.oldest((BigDecimal) value);
            case "evidence.count" -> evidence.count((BigDecimal) value);
            case "now.weekday", "now.time", "now.calendar" -> moment.give(input, value);
            case "action.ratio", "action.amountIn" -> derived.put(input, (BigDecimal) value);
            default -> given.put(input.name(), value);
        }
        return this;
    }

    /** The proposal; evidence that says nothing of its schema has the one that the tables ask for. */
    public Proposal build(PolicyTables tables) {
        Instant now = (Instant) given.getOrDefault("now", base.now());
        if (moment.isEmpty() || given.containsKey("now")) {
            return at(now, tables);
        }
        return at(moment.from(now, candidate -> at(candidate, tables)), tables);
    }

    private Proposal at(Instant now, PolicyTables tables) {
        Action action = derived(action(), now, tables.data().rates());
        Map<String, String> schemas = tables.requiredSchemas(action.type());
        return new Proposal(
                action,
                agent(),
                new Subject(
                        text("subject.type", base.subject().type()),
                        text("subject.id", base.subject().id()),
                        new Attributes(subjectAttributes)),
                new EvidenceSet(evidence.items(now, schemas), now, schemas),
                trace(),
                activity(action.amount()));
    }

    private Activity activity(@Nullable BigDecimal amount) {
        Activity made = base.activity();
        for (Map.Entry<ActivityQuery, Object> fact : activity.entrySet()) {
            made = ActivityPaths.given(fact.getKey(), fact.getValue(), made, amount);
        }
        return made;
    }

    private Action action() {
        Action before = base.action();
        return new Action(
                before.id(),
                text("action.type", before.type()),
                before.summary(),
                money(before.money()),
                (BigDecimal) given.getOrDefault("action.confidence", before.statedConfidence()),
                (Boolean) given.getOrDefault("action.reversible", before.reversible()),
                new Attributes(attributes),
                before.supersedes());
    }

    /** With what makes the given ratios and converted amounts come about, as far as that can be. */
    private Action derived(Action action, Instant now, Rates rates) {
        Action made = action;
        for (Map.Entry<TestInput, BigDecimal> fact : derived.entrySet()) {
            TestInput input = fact.getKey();
            made = input.name().equals("action.ratio")
                    ? ratio(made, input.arguments().get(0), input.arguments().get(1), fact.getValue())
                    : converted(made, input.arguments().get(0), fact.getValue(), now, rates);
        }
        return made;
    }

    /** The first number is made to fit the second, or else the second, which is 1 where neither is known. */
    private Action ratio(Action action, String dividend, String divisor, BigDecimal ratio) {
        BigDecimal above = number(action, dividend);
        BigDecimal below = number(action, divisor);
        if (below != null && below.signum() != 0) {
            return with(action, dividend, ratio.multiply(below));
        }
        return above == null || ratio.signum() == 0
                ? with(with(action, divisor, BigDecimal.ONE), dividend, ratio)
                : with(action, divisor, above.divide(ratio, Action.RATIO_PLACES, RoundingMode.HALF_EVEN));
    }

    private static @Nullable BigDecimal number(Action action, String name) {
        return name.equals(Action.AMOUNT) ? action.amount() : action.number(name);
    }

    private Action with(Action action, String name, BigDecimal number) {
        if (name.equals(Action.AMOUNT)) {
            String currency = text("action.currency", action.currency());
            return with(action, new Money(Numbers.normal(number), currency.isEmpty() ? SOME_CURRENCY : currency));
        }
        Map<String, Object> more = new HashMap<>(action.attributes().values());
        more.put(name, Numbers.normal(number));
        return new Action(
                action.id(),
                action.type(),
                action.summary(),
                action.money(),
                action.statedConfidence(),
                action.reversible(),
                new Attributes(more),
                action.supersedes());
    }

    private static Action with(Action action, Money money) {
        return new Action(
                action.id(),
                action.type(),
                action.summary(),
                money,
                action.statedConfidence(),
                action.reversible(),
                action.attributes(),
                action.supersedes());
    }

    /** In the currency that is known, or else in the one that is asked for. */
    private Action converted(Action action, String currency, BigDecimal amount, Instant now, Rates rates) {
        String known = text("action.currency", action.currency());
        String own = known.isEmpty() ? currency : known;
        BigDecimal rate = rates.on(LocalDate.ofInstant(now, ZoneOffset.UTC), own, currency);
        return rate == null
                ? action
                : with(
                        action,
                        new Money(Numbers.normal(amount.divide(rate, AMOUNT_PLACES, RoundingMode.HALF_EVEN)), own));
    }

    /** An amount means nothing without a currency, nor a currency without an amount. */
    private @Nullable Money money(@Nullable Money before) {
        BigDecimal amount = (BigDecimal) given.getOrDefault("action.amount", before == null ? null : before.value());
        String currency = text("action.currency", before == null ? "" : before.currency());
        return amount == null || currency.isEmpty() ? null : new Money(amount, currency);
    }

    private Agent agent() {
        Agent before = base.agent();
        String stage = text("agent.stage", before.stage());
        return new Agent(
                text("agent.id", before.id()),
                text("agent.operator", before.operator()),
                text("agent.onBehalfOf", before.onBehalfOf()),
                Stage.valueOf(stage));
    }

    private Trace trace() {
        Trace before = base.trace();
        return new Trace(
                before.id(),
                before.parent(),
                before.goal(),
                (BigDecimal) given.getOrDefault("trace.depth", before.depth()),
                (BigDecimal) given.getOrDefault("trace.repeats", before.repeats()));
    }

    private String text(String name, String otherwise) {
        return (String) given.getOrDefault(name, otherwise);
    }
}
