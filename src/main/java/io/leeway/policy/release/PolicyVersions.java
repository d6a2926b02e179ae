package io.leeway.policy.release;

import io.leeway.ledger.Ledger;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.Sql;
import io.leeway.model.Refusal;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.analysis.Comparison.Meaning;
import io.leeway.policy.release.PolicyVersion.Approval;
import io.leeway.policy.release.PolicyVersion.Obstacles;
import io.leeway.policy.release.PolicyVersion.State;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The versions as they are kept: immutable, with their original bytes. Every call blocks on the database. */
@ApplicationScoped
public class PolicyVersions {
    private static final String SELECT = """
            select version, digest, state, author, message, created_at, position, base, base_generation, activated_at, shadow,
                   meaning, errors, broken_guarantees, failed_tests, uncovered
            from policy_version where realm = ?
            """;

    private final Ledger ledger;

    PolicyVersions(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Versions, the newest first.
     *
     * @param before only those proposed before this position; {@link Long#MAX_VALUE} for the first page
     * @param limit most that are returned
     */
    public List<PolicyVersion> list(long before, int limit) throws SQLException {
        return ledger.query(connection ->
                select(connection, "and position < ? order by position desc limit ?", ledger.realm(), before, limit));
    }

    /** The version of that name. */
    public Optional<PolicyVersion> find(String name) throws SQLException {
        return ledger.query(connection -> find(connection, name));
    }

    /**
     * The version of that name.
     *
     * @throws Refusal {@code VERSION_NOT_FOUND}
     */
    public PolicyVersion get(String name) throws SQLException {
        return find(name).orElseThrow(() -> notFound(name));
    }

    /** There is none of that name. */
    static Refusal notFound(String name) {
        return new Refusal(Refusal.Kind.NOT_FOUND, "VERSION_NOT_FOUND", "There is no policy version `" + name + "`.");
    }

    /** The version that is active; empty when none ever was. */
    public Optional<PolicyVersion> active() throws SQLException {
        return ledger.query(connection -> active(connection));
    }

    /** What the check of a version found, JSON: {@link CandidateReport#json}; {@code "{}"} when there is no such version. */
    public String report(String name) throws SQLException {
        return ledger.query(connection -> {
            try (PreparedStatement select = Sql.query(
                            connection,
                            "select coalesce(report, '{}') from policy_version where realm = ? and version = ?",
                            ledger.realm(),
                            name);
                    ResultSet row = select.executeQuery()) {
                return row.next() ? row.getString(1) : "{}";
            }
        });
    }

    /** The files of a version by name, byte for byte; none when there is no such version. */
    public List<PolicyFile> files(String name) throws SQLException {
        return ledger.query(connection -> files(connection, name));
    }

    /** Hex SHA-256 of each file of a version by its name; none when there is no such version. */
    public SortedMap<String, String> digests(String name) throws SQLException {
        return ledger.query(connection -> {
            try (PreparedStatement select = Sql.query(
                            connection,
                            "select name, sha256 from policy_file where realm = ? and version = ?",
                            ledger.realm(),
                            name);
                    ResultSet row = select.executeQuery()) {
                SortedMap<String, String> digests = new TreeMap<>();
                while (row.next()) {
                    digests.put(row.getString(1), row.getString(2));
                }
                return digests;
            }
        });
    }

    /** Any version with that digest, which all have the same files. */
    public Optional<PolicyVersion> withDigest(String digest) throws SQLException {
        return ledger.query(connection ->
                select(connection, "and digest = ? order by position limit 1", ledger.realm(), digest).stream()
                        .findFirst());
    }

    /** Those that decide beside the active one, without effect. */
    public List<PolicyVersion> inShadow() throws SQLException {
        return ledger.query(connection -> select(connection, "and shadow order by position", ledger.realm()));
    }

    /** Those that may come into force next, or decide without effect: the newest first. */
    List<PolicyVersion> expected(int limit) throws SQLException {
        return ledger.query(connection -> select(
                connection,
                "and (state = 'APPROVED' or shadow) order by position desc limit ?",
                ledger.realm(),
                limit));
    }

    Optional<PolicyVersion> find(Connection connection, String name) throws SQLException {
        return select(connection, "and version = ?", ledger.realm(), name).stream()
                .findFirst();
    }

    Optional<PolicyVersion> active(Connection connection) throws SQLException {
        return select(connection, "and state = 'ACTIVE'", ledger.realm()).stream()
                .findFirst();
    }

    /** A candidate with those files on that base. */
    Optional<PolicyVersion> candidate(Connection connection, String digest, long baseGeneration) throws SQLException {
        return select(
                        connection,
                        "and digest = ? and base_generation = ? and state in ('CANDIDATE', 'APPROVED') order by position limit 1",
                        ledger.realm(),
                        digest,
                        baseGeneration)
                .stream()
                .findFirst();
    }

    /** The version that came into force with that generation. */
    PolicyVersion ofGeneration(Connection connection, long generation) throws SQLException {
        return select(connection, "and state = 'ACTIVE' and generation = ?", ledger.realm(), generation).stream()
                .findFirst()
                .orElseThrow(() -> new SQLException("no policy version has generation " + generation));
    }

    /** Keeps what files hold; doing it twice does nothing. Before the version itself, and outside of any turn of the lane. */
    void keep(List<PolicyFile> files) throws SQLException {
        ledger.query(connection -> {
            keep(connection, files);
            return true;
        });
    }

    void keep(Connection connection, List<PolicyFile> files) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into policy_blob values (?, ?, ?) on conflict do nothing")) {
            for (PolicyFile file : files) {
                insert.setString(1, ledger.realm());
                insert.setString(2, file.sha256());
                insert.setBytes(3, file.bytes());
                insert.executeUpdate();
            }
        }
    }

    /** Adds a version whose files are kept already. */
    void insert(LedgerTransaction tx, PolicyVersion version, List<PolicyFile> files, String report)
            throws SQLException {
        Obstacles obstacles = version.obstacles();
        Sql.updateOne(
                tx.connection(),
                "insert into policy_version (realm, version, digest, state, author, message, created_at, position, base,"
                        + " base_generation, meaning, errors, broken_guarantees, failed_tests, uncovered, report)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                tx.realm(),
                version.name(),
                version.digest(),
                version.state().name(),
                version.author(),
                version.message(),
                version.createdAt(),
                version.position(),
                version.base(),
                version.baseGeneration(),
                version.meaning().name(),
                obstacles.errors(),
                obstacles.brokenGuarantees(),
                obstacles.failedTests(),
                obstacles.uncovered(),
                report);
        try (PreparedStatement insert = tx.connection()
                .prepareStatement("insert into policy_file (realm, version, name, sha256) values (?, ?, ?, ?)")) {
            for (PolicyFile file : files) {
                insert.setString(1, tx.realm());
                insert.setString(2, version.name());
                insert.setString(3, file.name());
                insert.setString(4, file.sha256());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    void insert(LedgerTransaction tx, String version, Approval approval) throws SQLException {
        Sql.updateOne(
                tx.connection(),
                "insert into policy_approval values (?, ?, ?, ?, ?, ?, ?, ?)",
                tx.realm(),
                version,
                approval.generation(),
                approval.by(),
                approval.reason(),
                approval.coverageException(),
                approval.at(),
                tx.position() - 1);
    }

    void setState(LedgerTransaction tx, String version, State state) throws SQLException {
        Sql.updateOne(
                tx.connection(),
                "update policy_version set state = ? where realm = ? and version = ?",
                state.name(),
                tx.realm(),
                version);
    }

    /** The name of the cursor of whoever lets a version in shadow decide. */
    public static String shadowCursor(String version) {
        return "shadow:" + version;
    }

    void setShadow(LedgerTransaction tx, String version, boolean shadow) throws SQLException {
        Sql.updateOne(
                tx.connection(),
                "update policy_version set shadow = ? where realm = ? and version = ?",
                shadow,
                tx.realm(),
                version);
        if (shadow) {
            // It sees what is decided from here on.
            Sql.updateOne(
                    tx.connection(),
                    "insert into ledger_cursor (realm, name, position) values (?, ?, ?)"
                            + " on conflict (realm, name) do update set position = excluded.position",
                    tx.realm(),
                    shadowCursor(version),
                    tx.position());
        }
    }

    /** Makes it the active one, under a new generation; the one before retires. */
    void setActive(LedgerTransaction tx, String version, long generation) throws SQLException {
        try (PreparedStatement retire = tx.connection()
                .prepareStatement("update policy_version set state = 'RETIRED' where realm = ? and state = 'ACTIVE'")) {
            retire.setString(1, tx.realm());
            retire.executeUpdate();
        }
        Sql.updateOne(
                tx.connection(),
                "update policy_version set state = 'ACTIVE', shadow = false, generation = ?, activated_at = ?"
                        + " where realm = ? and version = ?",
                generation,
                tx.now(),
                tx.realm(),
                version);
    }

    /** The name of the day's next version. */
    static String nextName(LedgerTransaction tx) throws SQLException {
        String day = tx.now().atOffset(ZoneOffset.UTC).toLocalDate().toString();
        try (PreparedStatement select = Sql.query(
                        tx.connection(),
                        "select coalesce(max(split_part(version, '.', 2)::int), 0) + 1 from policy_version"
                                + " where realm = ? and version like ? || '.%'",
                        tx.realm(),
                        day);
                ResultSet row = select.executeQuery()) {
            row.next();
            return day + "." + row.getInt(1);
        }
    }

    private List<PolicyFile> files(Connection connection, String version) throws SQLException {
        try (PreparedStatement select = Sql.query(
                        connection,
                        "select f.name, b.bytes from policy_file f join policy_blob b"
                                + " on b.realm = f.realm and b.sha256 = f.sha256"
                                + " where f.realm = ? and f.version = ? order by f.name collate \"C\"",
                        ledger.realm(),
                        version);
                ResultSet row = select.executeQuery()) {
            List<PolicyFile> files = new ArrayList<>();
            while (row.next()) {
                files.add(new PolicyFile(row.getString(1), row.getBytes(2)));
            }
            return files;
        }
    }

    private static List<PolicyVersion> select(Connection connection, String which, Object... arguments)
            throws SQLException {
        List<PolicyVersion> versions = new ArrayList<>();
        try (PreparedStatement select = Sql.query(connection, SELECT + which, arguments);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                versions.add(read(connection, (String) arguments[0], row));
            }
        }
        return versions;
    }

    private static PolicyVersion read(Connection connection, String realm, ResultSet row) throws SQLException {
        String name = row.getString("version");
        return new PolicyVersion(
                name,
                row.getString("digest"),
                State.valueOf(row.getString("state")),
                row.getString("author"),
                row.getString("message"),
                Sql.time(row, "created_at"),
                row.getLong("position"),
                row.getString("base"),
                row.getLong("base_generation"),
                Sql.instant(row, "activated_at"),
                row.getBoolean("shadow"),
                Meaning.valueOf(row.getString("meaning")),
                new Obstacles(
                        row.getInt("errors"),
                        row.getInt("broken_guarantees"),
                        row.getInt("failed_tests"),
                        row.getInt("uncovered")),
                approvals(connection, realm, name));
    }

    private static List<Approval> approvals(Connection connection, String realm, String version) throws SQLException {
        List<Approval> approvals = new ArrayList<>();
        try (PreparedStatement select = Sql.query(
                        connection,
                        "select * from policy_approval where realm = ? and version = ? order by position",
                        realm,
                        version);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                approvals.add(new Approval(
                        row.getString("approver"),
                        Sql.time(row, "approved_at"),
                        row.getString("reason"),
                        row.getString("coverage_exception"),
                        row.getLong("generation")));
            }
        }
        return approvals;
    }
}
