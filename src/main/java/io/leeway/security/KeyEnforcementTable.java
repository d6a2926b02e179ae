package io.leeway.security;

import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.Sql;
import io.leeway.security.KeyEnforcement.Consent;
import io.leeway.security.KeyEnforcement.Mode;
import io.leeway.security.KeyEnforcement.Request;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code key_enforcement} inside a transaction of the ledger. */
final class KeyEnforcementTable {
    private static final String UPSERT = """
            insert into key_enforcement (
              realm, key_id, enforcement, until, asked_by, asked_at, ask_reason, set_by, set_at, set_reason, set_position,
              requested_until, requested_by, requested_at, request_reason, changed_position)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (realm, key_id) do update
            set enforcement = excluded.enforcement, until = excluded.until, asked_by = excluded.asked_by,
                asked_at = excluded.asked_at, ask_reason = excluded.ask_reason, set_by = excluded.set_by,
                set_at = excluded.set_at, set_reason = excluded.set_reason, set_position = excluded.set_position,
                requested_until = excluded.requested_until, requested_by = excluded.requested_by,
                requested_at = excluded.requested_at, request_reason = excluded.request_reason,
                changed_position = excluded.changed_position
            """;

    private KeyEnforcementTable() {}

    /** @param position of the entry that changes it */
    static KeyEnforcement store(LedgerTransaction tx, KeyEnforcement next, long position) throws SQLException {
        Consent asked = next.asked();
        Consent set = next.set();
        Request request = next.request();
        Consent requested = request == null ? null : request.asked();
        Sql.updateOne(
                tx.connection(),
                UPSERT,
                tx.realm(),
                next.keyId(),
                next.mode().name(),
                next.until(),
                asked == null ? null : asked.by(),
                asked == null ? null : asked.at(),
                asked == null ? null : asked.reason(),
                set == null ? null : set.by(),
                set == null ? null : set.at(),
                set == null ? null : set.reason(),
                next.position(),
                request == null ? null : request.until(),
                requested == null ? null : requested.by(),
                requested == null ? null : requested.at(),
                requested == null ? null : requested.reason(),
                position);
        tx.moveControlEpoch();
        return next;
    }

    static KeyEnforcement find(LedgerTransaction tx, String keyId) throws SQLException {
        try (PreparedStatement select = Sql.query(
                        tx.connection(),
                        "select * from key_enforcement where realm = ? and key_id = ?",
                        tx.realm(),
                        keyId);
                ResultSet row = select.executeQuery()) {
            return row.next() ? read(row) : KeyEnforcement.none(keyId);
        }
    }

    private static KeyEnforcement read(ResultSet row) throws SQLException {
        Instant requestedUntil = Sql.instant(row, "requested_until");
        Consent requested = consent(row, "requested_by", "requested_at", "request_reason");
        return new KeyEnforcement(
                row.getString("key_id"),
                Mode.valueOf(row.getString("enforcement")),
                Sql.instant(row, "until"),
                consent(row, "asked_by", "asked_at", "ask_reason"),
                consent(row, "set_by", "set_at", "set_reason"),
                requestedUntil == null || requested == null ? null : new Request(requestedUntil, requested),
                row.getObject("set_position", Long.class));
    }

    private static @Nullable Consent consent(ResultSet row, String by, String at, String reason) throws SQLException {
        return KeyEnforcementRow.consent(row.getString(by), Sql.instant(row, at), row.getString(reason));
    }

    /** Rows that an entry from that position on changed; all of them for 0. */
    static List<KeyEnforcement> changed(LedgerTransaction tx, long since) throws SQLException {
        List<KeyEnforcement> changed = new ArrayList<>();
        try (PreparedStatement select = Sql.query(
                        tx.connection(),
                        "select * from key_enforcement where realm = ? and changed_position >= ?",
                        tx.realm(),
                        since);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                changed.add(read(row));
            }
        }
        return changed;
    }
}
