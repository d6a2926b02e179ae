package io.leeway.ledger;

import io.leeway.ledger.LedgerTransaction.Key;
import io.leeway.ledger.LedgerTransaction.Known;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Which idempotency keys are taken, and by what. */
final class KnownKeys implements Lookup {
    static final String SQL = """
            select key, request_hash, position
            from unnest(?::bytea[]) sent (key), lateral (
              select request_hash, position from ledger_entry where realm = ? and idempotency_key = key limit 1) entry
            """;

    private final String realm;
    private final byte[][] keys;
    private final Map<Key, Known> known = new HashMap<>();

    KnownKeys(String realm, Collection<byte[]> keys) {
        this.realm = realm;
        this.keys = keys.toArray(new byte[0][]);
    }

    @Override
    public String sql() {
        return SQL;
    }

    @Override
    public int bind(PreparedStatement statement, int first) throws SQLException {
        statement.setArray(first, statement.getConnection().createArrayOf("bytea", keys));
        statement.setString(first + 1, realm);
        return first + 2;
    }

    @Override
    public void read(ResultSet rows) throws SQLException {
        while (rows.next()) {
            known.put(new Key(rows.getBytes(1)), new Known(rows.getLong(3), rows.getBytes(2)));
        }
    }

    /** What was found; to be added to. */
    Map<Key, Known> found() {
        return known;
    }
}
