package io.leeway.evidence;

import io.leeway.ledger.Ledger;
import io.leeway.ledger.Sql;
import io.leeway.model.Mode;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a version in shadow said beside the one that was answered by. */
@ApplicationScoped
public class ShadowReports {
    private final Ledger ledger;

    ShadowReports(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * What came of it.
     *
     * @param decisions how many it has looked at
     * @param undecided of which it cannot tell: erased, or refused by it
     * @param matrix how many came to each mode, by what was answered, then by what it says; pairs without any are left out
     * @param rows where they disagree, by the rule that makes the difference
     */
    public record ShadowReport(long decisions, long undecided, Map<Mode, Map<Mode, Long>> matrix, List<RowHour> rows) {}

    /**
     * One rule in one hour.
     *
     * @param hour its beginning
     * @param looser how many decisions would have got more leeway
     * @param tighter how many would have got less
     */
    public record RowHour(String rule, Instant hour, long looser, long tighter) {}

    /** What came of the version so far. Blocks. */
    public ShadowReport of(String version) throws SQLException {
        return ledger.query(connection -> of(connection, version));
    }

    private ShadowReport of(Connection connection, String version) throws SQLException {
        long decisions = 0;
        long undecided = 0;
        Map<Mode, Map<Mode, Long>> matrix = new EnumMap<>(Mode.class);
        try (PreparedStatement select = Sql.query(
                        connection,
                        "select mode, shadow_mode, count(*) from shadow_verdict where realm = ? and version = ?"
                                + " group by mode, shadow_mode",
                        ledger.realm(),
                        version);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                long count = row.getLong(3);
                decisions += count;
                Mode from = Mode.values()[row.getInt(1)];
                int to = row.getInt(2);
                if (row.wasNull()) {
                    undecided += count;
                } else {
                    matrix.computeIfAbsent(from, mode -> new EnumMap<>(Mode.class))
                            .put(Mode.values()[to], count);
                }
            }
        }
        return new ShadowReport(decisions, undecided, matrix, rows(connection, version));
    }

    private List<RowHour> rows(Connection connection, String version) throws SQLException {
        List<RowHour> rows = new ArrayList<>();
        try (PreparedStatement select = Sql.query(
                        connection,
                        "select rule, date_trunc('hour', decided_at, 'UTC') as hour,"
                                + " count(*) filter (where shadow_mode < mode), count(*) filter (where shadow_mode > mode)"
                                + " from shadow_verdict, unnest(rules) rule where realm = ? and version = ?"
                                + " group by 1, 2 order by 2 desc, 1",
                        ledger.realm(),
                        version);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rows.add(new RowHour(row.getString(1), Sql.time(row, "hour"), row.getLong(3), row.getLong(4)));
            }
        }
        return rows;
    }
}
