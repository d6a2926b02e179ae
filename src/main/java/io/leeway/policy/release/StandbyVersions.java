package io.leeway.policy.release;

import io.leeway.ledger.Ledger;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/**
 * The versions that decide, or may have to from one moment to the next: the active one, the one before it, those that are approved
 * to take its place, and those in shadow.
 */
@ApplicationScoped
public class StandbyVersions {
    private static final String DIGESTS = """
            select distinct digest from policy_version v where realm = ? and (state = 'ACTIVE' or shadow
              or state = 'APPROVED' and base_generation =
                (select generation from policy_version where realm = v.realm and state = 'ACTIVE')
              or state = 'RETIRED' and generation =
                (select max(generation) from policy_version where realm = v.realm and state = 'RETIRED'))
            """;

    private final Ledger ledger;

    StandbyVersions(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Their digests. Blocks on the database. */
    public Set<String> digests() throws SQLException {
        return ledger.query(this::digests);
    }

    /** The same as a transaction at the head sees it. */
    public Set<String> digests(LedgerTransaction tx) throws SQLException {
        return digests(tx.connection());
    }

    private Set<String> digests(Connection connection) throws SQLException {
        try (PreparedStatement select = Sql.query(connection, DIGESTS, ledger.realm());
                ResultSet row = select.executeQuery()) {
            Set<String> digests = new HashSet<>();
            while (row.next()) {
                digests.add(row.getString(1));
            }
            return digests;
        }
    }
}
