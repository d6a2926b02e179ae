package io.leeway.evidence;

import io.leeway.decision.DecisionEntry;
import io.leeway.decision.RelatedDecisions;
import io.leeway.ledger.JsonObject;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.PositionedId;
import io.leeway.ledger.Reads;
import io.leeway.ledger.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Tells what led to what in a trace, across agents, out of the ledger. Records nothing. */
@ApplicationScoped
public class CausalTraces {
    /** Steps that are read for each page beside its own, for totals and children: a fraction of a second's work. */
    public static final int SUMMED = 1_000;

    private final RelatedDecisions related;
    private final Ledger ledger;

    CausalTraces(RelatedDecisions related, Ledger ledger) {
        this.related = related;
        this.ledger = ledger;
    }

    /**
     * A page of a trace, in the order of the ledger; empty when it has no step that may be seen. Blocks.
     *
     * @param agents only these agents' steps; empty for any
     * @param after only steps after this position; -1 for the first page
     * @param limit most that are returned
     * @throws io.leeway.model.Refusal {@code LEDGER_UNAVAILABLE} when the ledger cannot be read
     */
    public Optional<CausalTrace> find(String id, Set<String> agents, long after, int limit) {
        try {
            List<TraceLink> first = related.read(related.ofTrace(id, agents, -1, SUMMED), TraceLink::of);
            return first.isEmpty() ? Optional.empty() : Optional.of(trace(id, agents, first, after, limit));
        } catch (SQLException e) {
            throw Reads.unreadable();
        }
    }

    private CausalTrace trace(String id, Set<String> agents, List<TraceLink> first, long after, int limit)
            throws SQLException {
        boolean whole = first.size() < SUMMED;
        List<Long> positions = whole
                ? first.stream()
                        .map(TraceLink::position)
                        .filter(position -> position > after)
                        .limit(limit)
                        .toList()
                : related.ofTrace(id, agents, after, limit);
        List<TraceStep> page = related.read(positions, TraceStep::of);
        Map<UUID, TraceLink> known = new LinkedHashMap<>();
        first.forEach(step -> known.put(step.id(), step));
        page.forEach(step -> known.put(step.id(), step.link()));
        Set<UUID> elsewhere = parents(id, agents, page, known);
        return new CausalTrace(
                id,
                first.stream()
                        .map(TraceLink::goal)
                        .filter(goal -> !goal.isEmpty())
                        .findFirst()
                        .orElse(""),
                whole ? first.size() : related.countOfTrace(id, agents),
                TraceTotals.of(first),
                CausalTrace.nodes(page, known.values(), elsewhere::contains));
    }

    /**
     * Looks for the parents that are not among the known steps: those of the trace are added to them.
     *
     * @return those outside of it
     */
    private Set<UUID> parents(String id, Set<String> agents, List<TraceStep> page, Map<UUID, TraceLink> known)
            throws SQLException {
        Set<UUID> missing = page.stream()
                .map(TraceStep::parent)
                .filter(Objects::nonNull)
                .filter(parent -> !known.containsKey(parent))
                .collect(Collectors.toSet());
        if (missing.isEmpty()) {
            return Set.of();
        }
        String tag = ledger.tag(Tags.TRACE, id);
        List<Found> found = related
                .read(
                        positions(missing),
                        (decision, consumedAt, now) ->
                                new Found(TraceLink.of(decision, consumedAt, now), isOf(tag, decision)))
                .stream()
                .filter(one -> missing.contains(one.step().id()))
                .filter(one -> agents.isEmpty() || agents.contains(one.step().agent()))
                .toList();
        found.stream()
                .filter(Found::inTrace)
                .forEach(one -> known.put(one.step().id(), one.step()));
        return found.stream()
                .filter(one -> !one.inTrace())
                .map(one -> one.step().id())
                .collect(Collectors.toSet());
    }

    private record Found(TraceLink step, boolean inTrace) {}

    private static List<Long> positions(Collection<UUID> ids) {
        return ids.stream().map(PositionedId::positionOf).distinct().toList();
    }

    private static boolean isOf(String traceTag, DecisionEntry decision) {
        JsonObject tags = decision.header().optionalObject("tags");
        return tags != null && traceTag.equals(tags.optionalText(Tags.TRACE));
    }
}
