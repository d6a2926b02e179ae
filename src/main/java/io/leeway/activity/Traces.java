package io.leeway.activity;

import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.Lookup;
import io.leeway.ledger.PositionedId;
import io.leeway.ledger.SentAlong;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The steps of traces as one transaction sees them: those committed before it, and those that it added itself. What it reads
 * and writes goes along with the ledger's own statements, and is nothing when no proposal belongs to a trace. Not
 * thread-safe.
 */
public final class Traces {
    private static final String REPEATS = """
            select trace, repeat, times
            from unnest(?::uuid[], ?::uuid[]) step (trace, repeat), lateral (
              select times from trace_repeat known
              where realm = ? and known.trace = step.trace and known.repeat = step.repeat limit 1) known
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
            insert into trace_repeat (realm, trace, repeat, times)
            select ?, r.* from unnest(?::uuid[], ?::uuid[], ?::bigint[]) r
            on conflict (realm, trace, repeat) do update set times = excluded.times
            """;

    private final String realm;
    private final Map<Pair, Long> repeats = new HashMap<>();
    private final Set<Pair> counted = new LinkedHashSet<>();
    private final Map<Long, Long> depths = new HashMap<>();
    private final List<NewStep> added = new ArrayList<>();

    public Traces(String realm) {
        this.realm = realm;
    }

    /**
     * One proposal's place in its trace.
     *
     * @param trace first 128 bits of the tag of the trace's id
     * @param repeat likewise of what makes two actions the same: agent, type, subject, attributes
     * @param parent decision id of the cause; null when none was named
     */
    public record Step(UUID trace, UUID repeat, @Nullable UUID parent) {
        /** @param traceTag in hex, as is the other */
        public static Step of(String traceTag, String repeatTag, @Nullable UUID parent) {
            return new Step(start(traceTag), start(repeatTag), parent);
        }

        /** Its first 128 bits. */
        static UUID start(String tag) {
            return new UUID(HexFormat.fromHexDigitsToLong(tag, 0, 16), HexFormat.fromHexDigitsToLong(tag, 16, 32));
        }
    }

    private record Pair(UUID trace, UUID repeat) {
        Pair(Step step) {
            this(step.trace(), step.repeat());
        }
    }

    private record NewStep(long position, long depth) {}

    /**
     * Reads what is known about steps that will be asked for: to be sent with the lock of the transaction, or after it and
     * before the first is added.
     */
    public List<Lookup> lookups(Collection<Step> steps) {
        Set<Pair> asked = new LinkedHashSet<>();
        Set<Long> parents = new LinkedHashSet<>();
        for (Step step : steps) {
            asked.add(new Pair(step));
            if (step.parent() != null) {
                parents.add(PositionedId.positionOf(step.parent()));
            }
        }
        List<Lookup> lookups = new ArrayList<>();
        if (!asked.isEmpty()) {
            lookups.add(new Repeats(asked));
        }
        if (!parents.isEmpty()) {
            lookups.add(new Depths(parents));
        }
        return lookups;
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

    /** Has the added steps written with the transaction's entries; call once, before the commit. */
    public void writeWith(LedgerTransaction tx) {
        if (!added.isEmpty()) {
            tx.sendAlong(new Additions());
        }
    }

    private final class Repeats implements Lookup {
        private final Set<Pair> asked;

        Repeats(Set<Pair> asked) {
            this.asked = asked;
        }

        @Override
        public String sql() {
            return REPEATS;
        }

        @Override
        public int bind(PreparedStatement statement, int first) throws SQLException {
            statement.setArray(first, array(statement, "uuid", asked, Pair::trace));
            statement.setArray(first + 1, array(statement, "uuid", asked, Pair::repeat));
            statement.setString(first + 2, realm);
            return first + 3;
        }

        @Override
        public void read(ResultSet rows) throws SQLException {
            while (rows.next()) {
                repeats.put(new Pair(rows.getObject(1, UUID.class), rows.getObject(2, UUID.class)), rows.getLong(3));
            }
        }
    }

    private final class Depths implements Lookup {
        private final Set<Long> parents;

        Depths(Set<Long> parents) {
            this.parents = parents;
        }

        @Override
        public String sql() {
            return DEPTHS;
        }

        @Override
        public int bind(PreparedStatement statement, int first) throws SQLException {
            statement.setArray(first, array(statement, "bigint", parents, parent -> parent));
            statement.setString(first + 1, realm);
            return first + 2;
        }

        @Override
        public void read(ResultSet rows) throws SQLException {
            while (rows.next()) {
                depths.put(rows.getLong(1), rows.getLong(2));
            }
        }
    }

    private final class Additions implements SentAlong {
        @Override
        public String sql() {
            return WRITE;
        }

        @Override
        public int bind(PreparedStatement statement, int first) throws SQLException {
            statement.setString(first, realm);
            statement.setArray(first + 1, array(statement, "bigint", added, NewStep::position));
            statement.setArray(first + 2, array(statement, "bigint", added, NewStep::depth));
            statement.setString(first + 3, realm);
            statement.setArray(first + 4, array(statement, "uuid", counted, Pair::trace));
            statement.setArray(first + 5, array(statement, "uuid", counted, Pair::repeat));
            statement.setArray(first + 6, array(statement, "bigint", counted, repeats::get));
            return first + 7;
        }
    }

    private static <T> Array array(PreparedStatement statement, String type, Collection<T> rows, Function<T, ?> column)
            throws SQLException {
        return statement
                .getConnection()
                .createArrayOf(type, rows.stream().map(column).toArray());
    }
}
