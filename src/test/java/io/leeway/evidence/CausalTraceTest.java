package io.leeway.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.decision.DecisionState;
import io.leeway.evidence.CausalTrace.Node;
import io.leeway.evidence.TraceTotals.Amounts;
import io.leeway.model.Actor;
import io.leeway.model.Directive;
import io.leeway.model.Mode;
import io.leeway.model.Money;
import io.leeway.model.Permit;
import io.leeway.model.Subject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CausalTraceTest {
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
    private static final UUID ELSEWHERE = new UUID(7, 7);
    private static final UUID NOWHERE = new UUID(8, 8);

    @Test
    void treeAndTotalsAgreeWithLookingThroughAllSteps() {
        long seed = 20261123;
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            List<TraceStep> steps = steps(random);
            int from = random.nextInt(steps.size());
            int to = from + 1 + random.nextInt(steps.size() - from);
            CausalTrace trace = trace(steps.subList(from, to), steps);
            String as = "seed " + seed + ", round " + round;
            for (Node node : trace.page()) {
                assertThat(node.link()).as(as).isEqualTo(link(node.step(), steps));
                assertThat(node.children())
                        .as(as)
                        .isEqualTo(steps.stream()
                                .filter(step -> node.step().id().equals(step.parent())
                                        && step.position() > node.step().position())
                                .map(TraceStep::id)
                                .toList());
            }
            assertThat(trace.inCausalOrder()).as(as).isEqualTo(inOrder(trace.page()));
            assertThat(trace.totals()).as(as).isEqualTo(totals(steps));
        }
    }

    @Test
    void nothingCanBeItsOwnCauseSinceAnIdIsMadeWhenItsDecisionIsAppended() {
        // The lane makes the id of a decision, with its position in it, when it appends it: whoever proposed before
        // that cannot
        // have named it. So a parent that is not before its child was made up, and however it was, no circle comes of
        // it.
        TraceStep self = step(1, id(1), 0);
        TraceStep first = step(2, id(3), 1);
        TraceStep second = step(3, id(2), 1);
        CausalTrace trace = trace(List.of(self, first, second), List.of(self, first, second));
        assertThat(trace.page())
                .extracting(Node::link)
                .containsExactly(ParentLink.UNKNOWN, ParentLink.UNKNOWN, ParentLink.STEP);
        assertThat(trace.page().get(0).children()).isEmpty();
        assertThat(trace.page().get(1).children()).containsExactly(id(3));
        assertThat(trace.page().get(2).children()).isEmpty();
        assertThat(trace.inCausalOrder()).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void parentsOutsideOfTheTraceAreToldFromThoseThatNobodyKnows() {
        List<TraceStep> steps = List.of(step(1, null, 0), step(2, ELSEWHERE, 1), step(3, NOWHERE, 1));
        assertThat(trace(steps, steps).page())
                .extracting(Node::link)
                .containsExactly(ParentLink.NONE, ParentLink.ELSEWHERE, ParentLink.UNKNOWN);
    }

    @Test
    void aLoopOfAHundredThousandStepsIsOrderedWithoutDescending() {
        List<TraceStep> chain = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            chain.add(step(i, i == 0 ? null : id(i - 1), i));
        }
        CausalTrace trace = trace(chain, chain);
        assertThat(trace.inCausalOrder()).isEqualTo(trace.page());
        assertThat(trace.totals().depth()).isEqualTo(99_999);
    }

    private static CausalTrace trace(List<TraceStep> page, List<TraceStep> known) {
        return new CausalTrace(
                "tr",
                "",
                known.size(),
                TraceTotals.of(links(known)),
                CausalTrace.nodes(page, links(known), ELSEWHERE::equals));
    }

    private static List<TraceLink> links(List<TraceStep> steps) {
        return steps.stream().map(TraceStep::link).toList();
    }

    private static ParentLink link(TraceStep step, List<TraceStep> steps) {
        UUID parent = step.parent();
        if (parent == null) {
            return ParentLink.NONE;
        }
        if (steps.stream().anyMatch(one -> one.id().equals(parent) && one.position() < step.position())) {
            return ParentLink.STEP;
        }
        return parent.equals(ELSEWHERE) ? ParentLink.ELSEWHERE : ParentLink.UNKNOWN;
    }

    private static List<Node> inOrder(List<Node> page) {
        List<Node> ordered = new ArrayList<>();
        Set<UUID> shown = new HashSet<>();
        page.forEach(node -> shown.add(node.step().id()));
        page.stream()
                .filter(node -> node.link() != ParentLink.STEP
                        || !shown.contains(node.step().parent()))
                .forEach(root -> add(root, page, ordered));
        return ordered;
    }

    private static void add(Node node, List<Node> page, List<Node> ordered) {
        ordered.add(node);
        page.stream()
                .filter(child -> node.children().contains(child.step().id()))
                .forEach(child -> add(child, page, ordered));
    }

    private static TraceTotals totals(List<TraceStep> steps) {
        List<DecidedAction> actions = steps.stream().map(TraceStep::action).toList();
        return new TraceTotals(
                steps.size(),
                Map.of(
                        Mode.AUTONOMOUS, count(actions, Mode.AUTONOMOUS),
                        Mode.HUMAN_IN_THE_LOOP, count(actions, Mode.HUMAN_IN_THE_LOOP),
                        Mode.HUMAN_IN_CONTROL, count(actions, Mode.HUMAN_IN_CONTROL)),
                actions.stream()
                        .map(DecidedAction::amount)
                        .filter(Objects::nonNull)
                        .map(Money::currency)
                        .distinct()
                        .collect(Collectors.toMap(
                                currency -> currency,
                                currency -> new Amounts(
                                        sum(actions.stream(), currency),
                                        sum(actions.stream().filter(one -> one.permit() != null), currency),
                                        sum(actions.stream().filter(one -> one.consumedAt() != null), currency)))),
                actions.stream().collect(Collectors.groupingBy(DecidedAction::agent, Collectors.counting())),
                steps.stream()
                        .map(step -> step.link().depth())
                        .filter(Objects::nonNull)
                        .mapToLong(depth -> depth)
                        .max()
                        .orElse(0));
    }

    private static long count(List<DecidedAction> actions, Mode mode) {
        return actions.stream().filter(action -> action.mode() == mode).count();
    }

    private static BigDecimal sum(Stream<DecidedAction> actions, String currency) {
        return actions.map(DecidedAction::amount)
                .filter(amount -> amount != null && amount.currency().equals(currency))
                .map(Money::value)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static List<TraceStep> steps(Random random) {
        List<TraceStep> steps = new ArrayList<>();
        int count = 1 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            UUID parent = switch (random.nextInt(8)) {
                case 0 -> null;
                case 1 -> ELSEWHERE;
                case 2 -> NOWHERE;
                case 3 -> id(i + random.nextInt(3)); // itself, or one that is yet to come
                default -> i == 0 ? null : id(random.nextInt(i));
            };
            steps.add(step(i, parent, random));
        }
        return steps;
    }

    private static TraceStep step(int position, @Nullable UUID parent, Random random) {
        Mode mode = Mode.values()[random.nextInt(3)];
        boolean permitted = mode == Mode.AUTONOMOUS && random.nextBoolean();
        Money amount = random.nextInt(3) == 0
                ? null
                : new Money(
                        new BigDecimal(random.nextInt(100_000)).movePointLeft(random.nextInt(4)),
                        random.nextBoolean() ? "USD" : "EUR");
        return step(
                action(position, "agent-" + random.nextInt(3), mode, amount, permitted, random.nextBoolean()),
                parent,
                random.nextInt(5) == 0 ? null : (long) random.nextInt(9));
    }

    private static TraceStep step(int position, @Nullable UUID parent, long depth) {
        return step(action(position, "agent", Mode.AUTONOMOUS, null, true, false), parent, depth);
    }

    private static TraceStep step(DecidedAction action, @Nullable UUID parent, @Nullable Long depth) {
        return new TraceStep(
                action,
                new TraceLink(
                        action.id(),
                        action.position(),
                        parent,
                        depth,
                        "",
                        action.agent(),
                        action.mode(),
                        action.amount(),
                        action.permit() != null,
                        action.consumedAt() != null));
    }

    private static DecidedAction action(
            int position, String agent, Mode mode, @Nullable Money amount, boolean permitted, boolean consumed) {
        return new DecidedAction(
                id(position),
                position,
                NOW,
                new Actor(Actor.LEEWAY, "platform"),
                agent,
                "billing.adjust",
                new Subject("account", "A-1"),
                amount,
                mode,
                permitted ? Directive.PROCEED : Directive.HALT,
                permitted ? DecisionState.PERMITTED : DecisionState.CLOSED,
                "",
                List.of(),
                List.of(),
                permitted ? new Permit(new UUID(1, position), NOW) : null,
                permitted && consumed ? NOW : null);
    }

    private static UUID id(int position) {
        return new UUID(0, position + 1L);
    }
}
