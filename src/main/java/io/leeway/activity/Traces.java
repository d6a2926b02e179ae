package io.leeway.activity;

import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.PositionedId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The steps of traces as one transaction sees them: those committed before it, and those that it added itself. One query
 * and one insert a batch, and none when no proposal belongs to a trace. Not thread-safe.
 */
public final class Traces {
    private static final String REPEATS = """
            select trace_tag, repeat_tag, times
            from unnest(?::text[], ?::text[]) step (trace, repeat), lateral (
              select trace_tag, repeat_tag, times from trace_repeat
              where realm = ? and trace_tag = trace and repeat_tag = repeat limit 1) known
            """;
    private static final String DEPTHS = """
            select position, depth
            from unnest(?::bigint[]) step (parent), lateral (
              select position, depth from trace_step where realm = ? and position = parent limit 1) known
            """;
    private static final String WRITE = """
            with step as (
              insert into trace_step (realm, position, depth)
              select ?, s.* from unnest(?::bigint[], ?::bigint[]) s)
            insert into trace_repeat (realm, trace_tag, repeat_tag, times)
            select ?, r.* from unnest(?::text[], ?::text[], ?::bigint[]) r
            on conflict (realm, trace_tag, repeat_tag) do update set times = excluded.times
            """;

    private final LedgerTransaction tx;
    private final Map<Pair, Long> repeats = new HashMap<>();
    private final Set<Pair> counted = new LinkedHashSet<>();
    private final Map<Long, Long> depths = new HashMap<>();
    private final List<NewStep> added = new ArrayList<>();

    private Traces(LedgerTransaction tx) {
        this.tx = tx;
    }

    /**
     * One proposal's place in its trace.
     *
     * @param traceTag tag of the trace's id
     * @param repeatTag tag of what makes two actions the same: agent, type, subject, attributes
     * @param parent decision id of the cause; null when none was named
     */
    public record Step(
            String traceTag, String repeatTag, @Nullable UUID parent) {}

    private record Pair(String traceTag, String repeatTag) {
        Pair(Step step) {
            this(step.traceTag(), step.repeatTag());
        }
    }

    private record NewStep(long position, long depth) {}

    /** Reads what is known about these steps. */
    public static Traces of(LedgerTransaction tx, Collection<Step> steps) throws SQLException {
        Traces traces = new Traces(tx);
        if (!steps.isEmpty()) {
            traces.load(steps);
        }
        return traces;
    }

    /**
     * How far the step is from the start: 0 without a parent, one more than a recorded parent, and 1 when the named parent
     * is not recorded, since something was said to cause it.
     */
    public long depthOf(Step step) {
        UUID parent = step.parent();
        return parent == null ? 0 : depths.getOrDefault(PositionedId.positionOf(parent), 0L) + 1;
    }

    /** How often the same action stands in the trace before this one. */
    public long repeatsOf(Step step) {
        return repeats.getOrDefault(new Pair(step), 0L);
    }

    /** Remembers the step for those after it, in this transaction and later ones. */
    public void add(Step step, long position) {
        long depth = depthOf(step);
        added.add(new NewStep(position, depth));
        counted.add(new Pair(step));
        depths.put(position, depth);
        repeats.merge(new Pair(step), 1L, Long::sum);
    }

    /** Writes the added steps; call once, before the commit. */
    public void flush() throws SQLException {
        if (added.isEmpty()) {
            return;
        }
        try (PreparedStatement write = tx.connection().prepareStatement(WRITE)) {
            write.setString(1, tx.realm());
            write.setArray(2, array("bigint", added, NewStep::position));
            write.setArray(3, array("bigint", added, NewStep::depth));
            write.setString(4, tx.realm());
            write.setArray(5, array("text", counted, Pair::traceTag));
            write.setArray(6, array("text", counted, Pair::repeatTag));
            write.setArray(7, array("bigint", counted, repeats::get));
            write.executeUpdate();
        }
    }

    private <T> Array array(String type, Collection<T> rows, Function<T, ?> column) throws SQLException {
        return tx.connection().createArrayOf(type, rows.stream().map(column).toArray());
    }

    private void load(Collection<Step> steps) throws SQLException {
        Connection connection = tx.connection();
        Set<Pair> pairs = new LinkedHashSet<>();
        Set<Long> parents = new HashSet<>();
        for (Step step : steps) {
            pairs.add(new Pair(step));
            if (step.parent() != null) {
                parents.add(PositionedId.positionOf(step.parent()));
            }
        }
        try (PreparedStatement select = connection.prepareStatement(REPEATS)) {
            select.setArray(1, array("text", pairs, Pair::traceTag));
            select.setArray(2, array("text", pairs, Pair::repeatTag));
            select.setString(3, tx.realm());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    repeats.put(new Pair(rows.getString(1), rows.getString(2)), rows.getLong(3));
                }
            }
        }
        if (parents.isEmpty()) {
            return;
        }
        try (PreparedStatement select = connection.prepareStatement(DEPTHS)) {
            select.setArray(1, connection.createArrayOf("bigint", parents.toArray()));
            select.setString(2, tx.realm());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    depths.put(rows.getLong(1), rows.getLong(2));
                }
            }
        }
    }
}
