package io.leeway.evidence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * A page of a trace as the tree of causes that it is: which decision led to which.
 *
 * @param goal what it is for, as the first step that says so; {@code ""} when none does
 * @param steps how many it has
 * @param totals over all of them, or over the first {@link CausalTraces#SUMMED}
 * @param page a part of them, in the order of the ledger, in which causes come before what they caused
 */
public record CausalTrace(String id, String goal, long steps, TraceTotals totals, List<Node> page) {
    public CausalTrace {
        page = List.copyOf(page);
    }

    /**
     * A step in the tree.
     *
     * @param link what its parent is
     * @param children the steps that it caused, oldest first, as far as they are among those that were summed or on the page
     */
    public record Node(TraceStep step, ParentLink link, List<UUID> children) {
        public Node {
            children = List.copyOf(children);
        }
    }

    /** Whether the totals are over all steps. */
    public boolean isSummed() {
        return totals.steps() == steps;
    }

    /**
     * Steps as nodes. A link leads to an earlier position only, so that nodes are a forest whatever the steps name: the lane
     * makes a decision's id when it appends it, so nothing that was proposed before can name it.
     *
     * @param page those that become nodes
     * @param known every step of the trace that is known, those of the page included
     * @param elsewhere whether that is a recorded decision outside of the trace
     */
    static List<Node> nodes(List<TraceStep> page, Collection<TraceLink> known, Predicate<UUID> elsewhere) {
        Map<UUID, TraceLink> byId = new LinkedHashMap<>();
        known.forEach(step -> byId.put(step.id(), step));
        Map<UUID, List<UUID>> children = new HashMap<>();
        for (TraceLink step : byId.values()) {
            UUID parent = step.parent();
            if (parent != null && isBefore(byId, parent, step)) {
                children.computeIfAbsent(parent, id -> new ArrayList<>()).add(step.id());
            }
        }
        return page.stream()
                .map(step ->
                        new Node(step, link(step.link(), byId, elsewhere), children.getOrDefault(step.id(), List.of())))
                .toList();
    }

    private static ParentLink link(TraceLink step, Map<UUID, TraceLink> byId, Predicate<UUID> elsewhere) {
        UUID parent = step.parent();
        if (parent == null) {
            return ParentLink.NONE;
        }
        if (isBefore(byId, parent, step)) {
            return ParentLink.STEP;
        }
        return !byId.containsKey(parent) && elsewhere.test(parent) ? ParentLink.ELSEWHERE : ParentLink.UNKNOWN;
    }

    private static boolean isBefore(Map<UUID, TraceLink> byId, UUID parent, TraceLink step) {
        TraceLink cause = byId.get(parent);
        return cause != null && cause.position() < step.position();
    }

    /**
     * The page from causes to effects: each node followed by what it led to, those without a cause on the page in the order of
     * the ledger.
     */
    public List<Node> inCausalOrder() {
        Map<UUID, Node> byId = new LinkedHashMap<>();
        page.forEach(node -> byId.put(node.step().id(), node));
        Set<UUID> caused = new HashSet<>();
        page.forEach(node -> caused.addAll(node.children()));
        List<Node> ordered = new ArrayList<>(page.size());
        List<Node> open = new ArrayList<>();
        for (int i = page.size() - 1; i >= 0; i--) {
            Node node = page.get(i);
            if (!caused.contains(node.step().id())) {
                open.add(node);
            }
        }
        while (!open.isEmpty()) {
            Node next = open.remove(open.size() - 1);
            ordered.add(next);
            for (int i = next.children().size() - 1; i >= 0; i--) {
                Node child = byId.get(next.children().get(i));
                if (child != null) {
                    open.add(child);
                }
            }
        }
        return ordered;
    }
}
