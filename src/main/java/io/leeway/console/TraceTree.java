package io.leeway.console;

import io.leeway.evidence.CausalTrace;
import io.leeway.evidence.CausalTrace.Node;
import io.leeway.evidence.DecidedAction;
import io.leeway.evidence.ParentLink;
import io.leeway.evidence.TraceTotals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A page of a trace, from causes to effects.
 *
 * @param first whether nothing comes before it
 * @param next position after which the rest is, -1 when there is none
 */
record TraceTree(CausalTrace trace, List<Line> lines, boolean first, long next) {
    /** What is deeper stands no further in: a loop would leave the page. */
    private static final int DEEPEST = 6;

    TraceTree {
        lines = List.copyOf(lines);
    }

    static TraceTree of(CausalTrace trace, long after, int limit) {
        Map<UUID, Line> byId = new HashMap<>();
        List<Line> lines = new ArrayList<>();
        for (Node node : trace.inCausalOrder()) {
            UUID parent = node.step().parent();
            Line cause = node.link() == ParentLink.STEP && parent != null ? byId.get(parent) : null;
            Line line = new Line(
                    node,
                    cause == null ? 0 : Math.min(DEEPEST, cause.level() + 1),
                    cause == null ? -1 : cause.action().position());
            byId.put(node.step().id(), line);
            lines.add(line);
        }
        List<Node> page = trace.page();
        return new TraceTree(
                trace,
                lines,
                after < 0,
                page.size() < limit ? -1 : page.get(limit - 1).step().position());
    }

    /**
     * One decision.
     *
     * @param level how far in it stands, from 0
     * @param causePosition of its cause in the ledger where that stands above it on the page, otherwise -1
     */
    record Line(Node node, int level, long causePosition) {
        /** Whether its cause stands above. */
        public boolean isCauseAbove() {
            return causePosition >= 0;
        }

        public DecidedAction action() {
            return node.step().action();
        }

        /** What is to be said of its cause where that does not stand above; {@code ""} for nothing. */
        public String cause() {
            return switch (node.link()) {
                case NONE -> "";
                case STEP -> isCauseAbove() ? "" : "Its cause is an earlier step of the trace.";
                case ELSEWHERE -> "Its cause is a decision outside of the trace.";
                case UNKNOWN -> "It names a cause that is not recorded, or not for your key.";
            };
        }

        /** Whether the cause has a page to be looked at that is not above. */
        public boolean isCauseElsewhere() {
            return !isCauseAbove() && (node.link() == ParentLink.STEP || node.link() == ParentLink.ELSEWHERE);
        }

        /** {@code account A-1001}; {@code ""} once erased. */
        public String subject() {
            return TimelinePage.subject(action());
        }

        public String amount() {
            return DecisionLine.text(action().amount());
        }
    }

    /** {@code 420.00 proposed, 300.00 permitted, 120.00 carried out}, by currency. */
    public Map<String, String> money() {
        return trace.totals().money().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, one -> words(one.getValue()), (a, b) -> a, TreeMap::new));
    }

    private static String words(TraceTotals.Amounts amounts) {
        return amounts.proposed().toPlainString() + " proposed, "
                + amounts.permitted().toPlainString() + " permitted, "
                + amounts.consumed().toPlainString() + " carried out";
    }
}
