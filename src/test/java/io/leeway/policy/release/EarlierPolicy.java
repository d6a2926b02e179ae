package io.leeway.policy.release;

import io.leeway.ledger.Ledger;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.ledger.SeededLedger;
import io.leeway.policy.compile.CompiledPolicy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** A first import that happened some time ago. */
public final class EarlierPolicy {
    private EarlierPolicy() {}

    /** Puts the files in force at that time, on a ledger without entries. */
    public static CompiledPolicy inForce(Connection connection, Ledger ledger, List<Path> directories, Instant time)
            throws Exception {
        PolicyVersions versions = new PolicyVersions(ledger);
        CompiledVersions compiled = new CompiledVersions(ledger, versions);
        FirstImport.Prepared prepared = FirstImportTest.imports(
                        versions, compiled, new ActivePolicy(ledger, versions, compiled))
                .prepare(directories, time);
        prepared.keep();
        LedgerTransaction tx = SeededLedger.at(connection, ledger, time);
        if (!prepared.activate(tx)) {
            throw new SQLException("a policy was in force already, or the files have errors");
        }
        tx.commit();
        var loaded = PolicyLoader.load(
                LocalDate.ofInstant(time, ZoneOffset.UTC) + ".1",
                PolicyDirectory.read(directories),
                LocalDate.ofInstant(time, ZoneOffset.UTC));
        return java.util.Objects.requireNonNull(loaded.policy());
    }
}
