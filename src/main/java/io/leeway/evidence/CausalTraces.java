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
import java.util.ArrayList;
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
    public static final int SUMMED = 2_000;

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
            List<TraceStep> first = related.read(related.ofTrace(id, agents, -1, SUMMED), TraceStep::of);
            return first.isEmpty() ? Optional.empty() : Optional.of(trace(id, agents, first, after, limit));
        } catch (SQLException e) {
            throw Reads.unreadable();
        }
    }

    private CausalTrace trace(String id, Set<String> agents, List<TraceStep> first, long after, int limit)
            throws SQLException {
        boolean whole = first.size() < SUMMED;
        List<TraceStep> page = whole
                ? first.stream()
                        .filter(step -> step.position() > after)
                        .limit(limit)
                        .toList()
                : related.read(related.ofTrace(id, agents, after, limit), TraceStep::of);
        Map<UUID, TraceStep> known = new LinkedHashMap<>();
        first.forEach(step -> known.put(step.id(), step));
        page.forEach(step -> known.put(step.id(), step));
        Set<UUID> elsewhere = parents(id, agents, page, known);
        return new CausalTrace(
                id,
                first.stream()
                        .map(TraceStep::goal)
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
    private Set<UUID> parents(String id, Set<String> agents, List<TraceStep> page, Map<UUID, TraceStep> known)
            throws SQLException {
        Set<UUID> missing = page.stream()
                .map(TraceStep::parent)
                .filter(Objects::nonNull)
                .filter(parent -> !known.containsKey(parent))
                .collect(Collectors.toSet());
        String tag = ledger.tag(Tags.TRACE, id);
        List<TraceStep> steps = new ArrayList<>();
        Set<UUID> elsewhere = related
                .read(positions(missing), (decision, consumedAt, now) -> {
                    if (isOf(tag, decision)) {
                        steps.add(TraceStep.of(decision, consumedAt, now));
                    }
                    return new Found(decision.id(), decision.agent(), isOf(tag, decision));
                })
                .stream()
                .filter(found -> missing.contains(found.id()) && !found.inTrace())
                .filter(found -> agents.isEmpty() || agents.contains(found.agent()))
                .map(Found::id)
                .collect(Collectors.toSet());
        steps.stream()
                .filter(step ->
                        agents.isEmpty() || agents.contains(step.action().agent()))
                .forEach(step -> known.put(step.id(), step));
        return elsewhere;
    }

    private record Found(UUID id, String agent, boolean inTrace) {}

    private static List<Long> positions(Collection<UUID> ids) {
        return ids.stream().map(PositionedId::positionOf).distinct().toList();
    }

    private static boolean isOf(String traceTag, DecisionEntry decision) {
        JsonObject tags = decision.header().optionalObject("tags");
        return tags != null && traceTag.equals(tags.optionalText(Tags.TRACE));
    }
}
