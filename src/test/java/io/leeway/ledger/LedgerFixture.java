package io.leeway.ledger;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.leeway.server.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/**
 * A real ledger without Quarkus: PostgreSQL, the migrations, and a realm of its own for each fixture, so that tests do not see
 * each other. The database is started once a JVM and ends with it.
 *
 * <pre>{@code
 * try (LedgerFixture fixture = LedgerFixture.open()) {
 *     Stops stops = fixture.follow(new Stops(fixture.ledger(), …));
 *     Stop stop = fixture.in(tx -> stops.place(tx, actor, scope, "why"));
 * }
 * }</pre>
 */
public final class LedgerFixture implements AutoCloseable {
    private static final AtomicInteger REALMS = new AtomicInteger();

    private final Ledger ledger;
    private final LedgerSession session;
    private final List<Replica> replicas = new ArrayList<>();

    private LedgerFixture(Ledger ledger) throws SQLException {
        this.ledger = ledger;
        this.session = ledger.open();
        bePatient();
    }

    /** A test may stand still at a breakpoint or on a busy machine; a service may not. */
    private void bePatient() throws SQLException {
        LedgerTransaction tx = session.begin(List.of());
        try (Statement statement = tx.connection().createStatement()) {
            statement.execute("set idle_in_transaction_session_timeout = '60s'");
        }
        tx.commit();
    }

    /** An empty ledger in a new realm. */
    public static LedgerFixture open() throws SQLException {
        return of("realm-" + REALMS.incrementAndGet());
    }

    /** Another writer on the same ledger, as a second replica would be. */
    public LedgerFixture another() throws SQLException {
        return of(ledger.realm());
    }

    private static LedgerFixture of(String realm) throws SQLException {
        Ledger ledger = new Ledger(Database.SOURCE, () -> realm);
        ledger.start();
        return new LedgerFixture(ledger);
    }

    public Ledger ledger() {
        return ledger;
    }

    /** Makes it catch up before each piece of work, and forget after each rollback. */
    public <R extends Replica> R follow(R replica) {
        replicas.add(replica);
        return replica;
    }

    /** Does the work in a transaction of its own, and commits. Rolls back when the work fails. */
    public <T> T in(Work<T> work) throws SQLException {
        return in(List.of(), List.of(), work);
    }

    /** {@link #in(Work)} with lookups that are sent with the lock. */
    public <T> T in(List<Lookup> lookups, Work<T> work) throws SQLException {
        return in(List.of(), lookups, work);
    }

    /** {@link #in(Work)} with idempotency keys that are to be looked up. */
    public <T> T in(Collection<byte[]> keys, Work<T> work) throws SQLException {
        return in(keys, List.of(), work);
    }

    private <T> T in(Collection<byte[]> keys, List<Lookup> lookups, Work<T> work) throws SQLException {
        try {
            LedgerTransaction tx = session.begin(keys, lookups);
            catchUp(tx);
            T result = work.run(tx);
            tx.commit();
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            replicas.forEach(Replica::forget);
            try {
                session.rollback();
            } catch (SQLException late) {
                e.addSuppressed(late);
            }
            throw e;
        }
    }

    /** Brings what {@link #follow}s to the position of {@code tx}, which the lane does before each piece of work. */
    public void catchUp(LedgerTransaction tx) throws SQLException {
        for (Replica replica : replicas) {
            replica.catchUp(tx);
        }
    }

    /** Runs a statement outside of any ledger transaction; {@code ?} is the realm. */
    public int sql(String sql) throws SQLException {
        try (Connection connection = Database.SOURCE.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, ledger.realm());
            return statement.executeUpdate();
        }
    }

    /** The one number that a query gives; {@code ?} is the realm. */
    public long number(String sql) throws SQLException {
        try (Connection connection = Database.SOURCE.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, ledger.realm());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }

    /** What is done in one transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T run(LedgerTransaction tx) throws SQLException;
    }

    private static final class Database {
        static final AgroalDataSource SOURCE = start();

        private static AgroalDataSource start() {
            try {
                EmbeddedDatabase postgres = EmbeddedDatabase.open(Files.createTempDirectory("leeway-ledger"));
                Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
                Flyway.configure()
                        .dataSource(postgres.jdbcUrl(), postgres.username(), postgres.password())
                        .locations("classpath:db/migration")
                        .load()
                        .migrate();
                return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                        .connectionPoolConfiguration(pool -> pool.maxSize(16)
                                .exceptionSorter(new PostgreSQLExceptionSorter())
                                .connectionFactoryConfiguration(factory -> factory.jdbcUrl(postgres.jdbcUrl())
                                        .principal(new NamePrincipal(postgres.username()))
                                        .credential(new SimplePassword(postgres.password())))));
            } catch (IOException | SQLException e) {
                throw new IllegalStateException("the test database does not start", e);
            }
        }
    }
}
