package io.leeway.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Lookups that share one round trip: which keys are taken, and what features ask beside. */
final class Lookups {
    private final KnownKeys known;
    private final List<Lookup> all;

    Lookups(String realm, Collection<byte[]> keys, Collection<? extends Lookup> others) {
        known = new KnownKeys(realm, keys);
        all = new ArrayList<>(others);
        if (!keys.isEmpty()) {
            all.add(known);
        }
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    List<String> sql() {
        return all.stream().map(Lookup::sql).toList();
    }

    void bind(PreparedStatement statement, int first) throws SQLException {
        int next = first;
        for (Lookup lookup : all) {
            next = lookup.bind(statement, next);
        }
    }

    /** Takes in a result each, from the statement's present one on. */
    void read(PreparedStatement statement) throws SQLException {
        for (Lookup lookup : all) {
            try (ResultSet rows = statement.getResultSet()) {
                lookup.read(rows);
            }
            statement.getMoreResults();
        }
    }

    KnownKeys known() {
        return known;
    }
}
