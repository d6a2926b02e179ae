package io.leeway.activity;

import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.PositionedId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The steps of traces as one transaction sees them: those committed before it, and those that it added itself. One query
 * and one insert a batch, and none when no proposal belongs to a trace. Not thread-safe.
 */
public final class Traces {
    private static final String REPEATS = """
            select trace_tag, repeat_tag, count(*) from trace_step
            where realm = ? and trace_tag = any(?) group by trace_tag, repeat_tag
            """;
    private static final String DEPTHS = "select position, depth from trace_step where realm = ? and position = any(?)";
    private static final String INSERT = """
            insert into trace_step (realm, trace_tag, position, repeat_tag, depth)
            select ?, s.* from unnest(?::text[], ?::bigint[], ?::text[], ?::bigint[]) s
            """;

    private final LedgerTransaction tx;
    private final Map<List<String>, Long> repeats = new HashMap<>();
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

    private record NewStep(Step step, long position, long depth) {}

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
        return repeats.getOrDefault(List.of(step.traceTag(), step.repeatTag()), 0L);
    }

    /** Remembers the step for those after it, in this transaction and later ones. */
    public void add(Step step, long position) {
        long depth = depthOf(step);
        added.add(new NewStep(step, position, depth));
        depths.put(position, depth);
        repeats.merge(List.of(step.traceTag(), step.repeatTag()), 1L, Long::sum);
    }

    /** Writes the added steps; call once, before the commit. */
    public void flush() throws SQLException {
        if (added.isEmpty()) {
            return;
        }
        Connection connection = tx.connection();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, tx.realm());
            insert.setArray(
                    2,
                    connection.createArrayOf(
                            "text", added.stream().map(one -> one.step.traceTag).toArray()));
            insert.setArray(
                    3,
                    connection.createArrayOf(
                            "bigint", added.stream().map(NewStep::position).toArray()));
            insert.setArray(
                    4,
                    connection.createArrayOf(
                            "text",
                            added.stream().map(one -> one.step.repeatTag).toArray()));
            insert.setArray(
                    5,
                    connection.createArrayOf(
                            "bigint", added.stream().map(NewStep::depth).toArray()));
            insert.executeUpdate();
        }
    }

    private void load(Collection<Step> steps) throws SQLException {
        Connection connection = tx.connection();
        Set<String> tags = new HashSet<>();
        Set<Long> parents = new HashSet<>();
        for (Step step : steps) {
            tags.add(step.traceTag());
            if (step.parent() != null) {
                parents.add(PositionedId.positionOf(step.parent()));
            }
        }
        try (PreparedStatement select = connection.prepareStatement(REPEATS)) {
            select.setString(1, tx.realm());
            select.setArray(2, connection.createArrayOf("text", tags.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    repeats.put(List.of(rows.getString(1), rows.getString(2)), rows.getLong(3));
                }
            }
        }
        if (parents.isEmpty()) {
            return;
        }
        try (PreparedStatement select = connection.prepareStatement(DEPTHS)) {
            select.setString(1, tx.realm());
            select.setArray(2, connection.createArrayOf("bigint", parents.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    depths.put(rows.getLong(1), rows.getLong(2));
                }
            }
        }
    }
}
