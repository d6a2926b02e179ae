package io.leeway.activity;

import static io.leeway.activity.ActivityChanges.array;

import io.leeway.ledger.Lookup;
import io.leeway.model.ActivityQuery;
import io.leeway.model.ActivityQuery.Measure;
import io.leeway.model.ActivityWindow;
import io.leeway.model.ActivityWindow.Calendar;
import io.leeway.model.ActivityWindow.Sliding;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Counts and money in windows, as committed before a transaction. They are read together with the lock, when the time of the
 * transaction is not known yet. So the database, by its own clock, adds up what lies well inside a window, and tells the
 * buckets around its beginning one by one. Not thread-safe.
 */
final class WindowSums {
    /** By how much the time of a transaction may differ from the database's clock when the sums are read, with room to spare. */
    private static final int SKEW_SECONDS = 5;
    /** How many buckets are told one by one: more than twice the skew. */
    private static final int SINGLE = 12;

    private static final int ALL_DAYS = 1000;

    private static final String SUMS = """
            with clock as materialized (select extract(epoch from clock_timestamp()) - %d as t)
            select a.n, f.start, least(s.bucket, f.start + a.single) as label, sum(s.times), sum(s.amount)
            from clock, unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::bigint[])
                        with ordinality a (key, reach, width, single, n),
              lateral (select floor((clock.t - a.reach) / a.width)::bigint as start) f,
              lateral (select bucket, times, amount from activity_sum
                       where realm = ? and key = a.key and bucket >= f.start limit 1000000) s
            group by a.n, f.start, label
            """.formatted(SKEW_SECONDS);

    /** What is not used yet, by the last seconds of permits, and, where windows are that short, by those of giving. */
    private static final String OPEN = """
            with clock as materialized (select floor(extract(epoch from clock_timestamp()) - %d)::bigint as t)
            select a.n, least(o.expires, clock.t + %d) as last, case when a.short then o.dated else 0 end as dated, sum(o.amount)
            from clock, unnest(?::uuid[], ?::boolean[]) with ordinality a (key, short, n),
              lateral (select expires, dated, amount from activity_open
                       where realm = ? and key = a.key and expires > clock.t limit 1000000) o
            group by a.n, last, case when a.short then o.dated else 0 end
            """.formatted(SKEW_SECONDS, SINGLE);

    private final String realm;
    private final Map<Question, Found> found = new HashMap<>();
    private final List<Question> asked = new ArrayList<>();

    WindowSums(String realm) {
        this.realm = realm;
    }

    /** One window over what stands under a key. */
    record Question(UUID key, ActivityQuery query) {
        ActivityWindow window() {
            return query.window();
        }

        boolean isMoney() {
            return query.measure() == Measure.EXPOSURE;
        }

        /** How far back it may look, in seconds. */
        long reach() {
            return window() instanceof Sliding sliding
                    ? sliding.length().getSeconds()
                    : (((Calendar) window()).unit().days() + 2) * 86_400L;
        }

        /** Whether a permit that is still good may have been given before the window. */
        boolean isShort() {
            return reach() <= 3_600;
        }
    }

    private record Sum(long start, long label, BigDecimal number) {}

    private record Open(long last, long dated, BigDecimal amount) {}

    private record Found(List<Sum> sums, List<Open> open) {}

    /** Notes that this will be asked. */
    void ask(Question question) {
        if (!found.containsKey(question)) {
            found.put(question, new Found(new ArrayList<>(), new ArrayList<>()));
            asked.add(question);
        }
    }

    /** Reads what was noted and not read yet. */
    List<Lookup> lookups() {
        List<Lookup> lookups = new ArrayList<>();
        if (!asked.isEmpty()) {
            lookups.add(new Sums(List.copyOf(asked)));
        }
        List<Question> money = asked.stream().filter(Question::isMoney).toList();
        if (!money.isEmpty()) {
            lookups.add(new Opens(money));
        }
        asked.clear();
        return lookups;
    }

    /** The answer at that time. */
    BigDecimal of(Question question, Instant now) {
        Found here = found(question);
        long first = question.window().first(now);
        BigDecimal sum = BigDecimal.ZERO;
        for (Sum one : here.sums()) {
            if (first < one.start()) {
                throw new IllegalStateException("`" + question.query().text() + "` was not read from its beginning");
            }
            sum = one.label() >= first ? sum.add(one.number()) : sum;
        }
        long oldest = question.window().buckets().seconds() == 1 ? first : Long.MIN_VALUE;
        for (Open one : here.open()) {
            boolean inside = !question.isShort() || one.dated() >= oldest;
            sum = inside && one.last() > now.getEpochSecond() ? sum.add(one.amount()) : sum;
        }
        return sum;
    }

    private Found found(Question question) {
        Found here = found.get(question);
        if (here == null) {
            throw new IllegalStateException("`" + question.query().text() + "` was not read");
        }
        return here;
    }

    private final class Sums implements Lookup {
        private final List<Question> questions;

        Sums(List<Question> questions) {
            this.questions = questions;
        }

        @Override
        public String sql() {
            return SUMS;
        }

        @Override
        public int bind(PreparedStatement statement, int first) throws SQLException {
            statement.setArray(first, array(statement, "uuid", questions, Question::key));
            statement.setArray(first + 1, array(statement, "bigint", questions, Question::reach));
            statement.setArray(first + 2, array(statement, "bigint", questions, it ->
                    (long) it.window().buckets().seconds()));
            statement.setArray(first + 3, array(statement, "bigint", questions, it ->
                    (long) (it.window() instanceof Sliding ? SINGLE : ALL_DAYS)));
            statement.setString(first + 4, realm);
            return first + 5;
        }

        @Override
        public void read(ResultSet rows) throws SQLException {
            while (rows.next()) {
                Question question = questions.get(rows.getInt(1) - 1);
                BigDecimal number = rows.getBigDecimal(question.isMoney() ? 5 : 4);
                found(question).sums().add(new Sum(rows.getLong(2), rows.getLong(3), number));
            }
        }
    }

    private final class Opens implements Lookup {
        private final List<Question> questions;

        Opens(List<Question> questions) {
            this.questions = questions;
        }

        @Override
        public String sql() {
            return OPEN;
        }

        @Override
        public int bind(PreparedStatement statement, int first) throws SQLException {
            statement.setArray(first, array(statement, "uuid", questions, Question::key));
            statement.setArray(first + 1, array(statement, "boolean", questions, Question::isShort));
            statement.setString(first + 2, realm);
            return first + 3;
        }

        @Override
        public void read(ResultSet rows) throws SQLException {
            while (rows.next()) {
                found(questions.get(rows.getInt(1) - 1))
                        .open()
                        .add(new Open(rows.getLong(2), rows.getLong(3), rows.getBigDecimal(4)));
            }
        }
    }
}
