package io.leeway.policy.release;

import io.leeway.ledger.CanonicalJson;
import io.leeway.ledger.EntryDraft;
import io.leeway.ledger.EntryKind;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.model.Actor;
import io.leeway.policy.PolicyFile;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The versions as they are kept: immutable, with their original bytes. */
@ApplicationScoped
class PolicyVersions {
    static final EntryKind ACTIVATION = new EntryKind("policy.activation");

    private final Ledger ledger;

    PolicyVersions(Ledger ledger) {
        this.ledger = ledger;
    }

    /** @param name {@code 2026-11-22.1} */
    record Version(String name, String digest, List<PolicyFile> files) {}

    /** The version that came into force with that generation. */
    Version ofGeneration(long generation) throws SQLException {
        return ledger.query(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select version, digest from policy_version where realm = ? and generation = ?")) {
                select.setString(1, ledger.realm());
                select.setLong(2, generation);
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        throw new SQLException("no policy version has generation " + generation);
                    }
                    return new Version(row.getString(1), row.getString(2), files(connection, row.getString(1)));
                }
            }
        });
    }

    private List<PolicyFile> files(Connection connection, String version) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select name, bytes from policy_file where realm = ? and version = ? order by name collate \"C\"")) {
            select.setString(1, ledger.realm());
            select.setString(2, version);
            try (ResultSet row = select.executeQuery()) {
                List<PolicyFile> files = new ArrayList<>();
                while (row.next()) {
                    files.add(new PolicyFile(row.getString(1), row.getBytes(2)));
                }
                return files;
            }
        }
    }

    /** Keeps the version, puts it in force, and appends the entry that says so. */
    void activate(LedgerTransaction tx, Actor actor, Version version, String message) throws SQLException {
        long generation = tx.movePolicyGeneration();
        try (PreparedStatement insert = tx.connection()
                .prepareStatement(
                        "insert into policy_version (realm, version, digest, state, author, message, created_at,"
                                + " activated_at, generation) values (?, ?, ?, 'ACTIVE', ?, ?, ?, ?, ?)")) {
            insert.setString(1, tx.realm());
            insert.setString(2, version.name());
            insert.setString(3, version.digest());
            insert.setString(4, actor.subject());
            insert.setString(5, message);
            insert.setObject(6, tx.now().atOffset(ZoneOffset.UTC));
            insert.setObject(7, tx.now().atOffset(ZoneOffset.UTC));
            insert.setLong(8, generation);
            insert.executeUpdate();
        }
        try (PreparedStatement insert =
                tx.connection().prepareStatement("insert into policy_file values (?, ?, ?, ?, ?)")) {
            for (PolicyFile file : version.files()) {
                insert.setString(1, tx.realm());
                insert.setString(2, version.name());
                insert.setString(3, file.name());
                insert.setString(4, file.sha256());
                insert.setBytes(5, file.bytes());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        tx.append(EntryDraft.of(ACTIVATION, actor)
                .policy(version.digest())
                .facts(CanonicalJson.bytes(
                        Map.of("version", version.name(), "message", message, "generation", generation))));
    }
}
