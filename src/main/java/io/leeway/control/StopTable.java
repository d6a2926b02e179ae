package io.leeway.control;

import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.Sql;
import io.leeway.model.Refusal;
import io.leeway.model.StopLevel;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code stop} as the lane reads and writes it, under the head row. */
final class StopTable {
    private static final String COLUMNS = "select * from stop where realm = ? ";
    private static final String INSERT = """
            insert into stop (realm, id, scope_kind, scope_value, level, drill, reason, placed_by, placed_at,
                              placed_position, changed_position)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String UPDATE = """
            update stop set requested_by = ?, requested_at = ?, request_reason = ?, released_by = ?, released_at = ?,
                            release_reason = ?, narrowings = ?, changed_position = ?
            where realm = ? and id = ? and released_at is null
            """;

    private StopTable() {}

    static void insert(LedgerTransaction tx, Stop stop) throws SQLException {
        Sql.updateOne(
                tx.connection(),
                INSERT,
                tx.realm(),
                stop.id(),
                stop.scope().kind().wire(),
                stop.scope().value(),
                stop.level().name(),
                stop.isDrill(),
                stop.reason(),
                stop.placedBy(),
                stop.placedAt(),
                stop.position(),
                stop.position());
    }

    /** @param position of the entry that says what changed */
    static void update(LedgerTransaction tx, Stop stop, long position) throws SQLException {
        Stop.Consent request = stop.request();
        Stop.Consent release = stop.release();
        Sql.updateOne(
                tx.connection(),
                UPDATE,
                request == null ? null : request.by(),
                request == null ? null : request.at(),
                request == null ? null : request.reason(),
                release == null ? null : release.by(),
                release == null ? null : release.at(),
                release == null ? null : release.reason(),
                Narrowing.write(stop.narrowings()),
                position,
                tx.realm(),
                stop.id());
    }

    /** @throws Refusal {@code STOP_NOT_FOUND} */
    static Stop find(LedgerTransaction tx, UUID id) throws SQLException {
        try (PreparedStatement select = Sql.query(tx.connection(), COLUMNS + "and id = ?", tx.realm(), id)) {
            return read(select).stream()
                    .findFirst()
                    .orElseThrow(() -> new Refusal(
                            Refusal.Kind.NOT_FOUND, "STOP_NOT_FOUND", "There is no stop with the id " + id + "."));
        }
    }

    static ActiveStops load(LedgerTransaction tx, ActiveStops before, long since) throws SQLException {
        String which = since == 0 ? "and released_at is null and changed_position >= ?" : "and changed_position >= ?";
        try (PreparedStatement select = Sql.query(tx.connection(), COLUMNS + which, tx.realm(), since)) {
            return before.with(read(select));
        }
    }

    private static List<Stop> read(PreparedStatement select) throws SQLException {
        List<Stop> stops = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                stops.add(new Stop(
                        row.getObject("id", UUID.class),
                        new NewStop(
                                StopScope.of(row.getString("scope_kind"), row.getString("scope_value")),
                                StopLevel.valueOf(row.getString("level")),
                                row.getBoolean("drill"),
                                row.getString("reason")),
                        row.getString("placed_by"),
                        Sql.time(row, "placed_at"),
                        row.getLong("placed_position"),
                        Narrowing.read(row.getString("narrowings")),
                        consent(row, "requested_by", "requested_at", "request_reason"),
                        consent(row, "released_by", "released_at", "release_reason")));
            }
        }
        return stops;
    }

    private static Stop.@Nullable Consent consent(ResultSet row, String by, String at, String reason)
            throws SQLException {
        Instant time = Sql.instant(row, at);
        return time == null ? null : new Stop.Consent(row.getString(by), time, row.getString(reason));
    }
}
