package io.leeway.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.PersistenceException;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.hibernate.exception.JDBCConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a caller is told about a failure that no code foresaw. */
class ProblemMappingTest {
    private static final SQLException ACQUISITION = new SQLException("Sorry, acquisition timeout!");
    private static final SQLException LOST = new SQLTransientConnectionException("connection refused", "08001");

    private final ProblemMapping mapping = new ProblemMapping();

    static Stream<Throwable> databaseFailures() {
        return Stream.of(
                ACQUISITION,
                LOST,
                new JDBCConnectionException("Unable to acquire JDBC Connection", LOST),
                new PersistenceException(new IllegalStateException(ACQUISITION)),
                new CompletionException(new IllegalStateException("no answer", LOST)));
    }

    @ParameterizedTest
    @MethodSource("databaseFailures")
    void databaseFailureIsUnavailableAndPassing(Throwable failure) {
        try (Response response = mapping.unforeseen(failure)) {
            assertThat(response.getStatus()).isEqualTo(503);
            assertThat(response.getHeaderString("Retry-After")).isEqualTo("1");
            assertThat(response.getMediaType()).hasToString("application/problem+json");
            Problem problem = (Problem) response.getEntity();
            assertThat(problem.code()).isEqualTo("LEDGER_UNAVAILABLE");
            assertThat(problem.detail()).isEqualTo("The database cannot be reached at the moment.");
        }
        assertThat(ProblemMapping.of(failure).code()).isEqualTo("LEDGER_UNAVAILABLE");
    }

    @Test
    void anyOtherFailureIsTheServicesOwn() {
        IllegalStateException failure = new IllegalStateException("outer");
        failure.initCause(new IllegalArgumentException("inner", failure));
        try (Response response = mapping.unforeseen(failure)) {
            assertThat(response.getStatus()).isEqualTo(500);
            assertThat(response.getHeaderString("Retry-After")).isNull();
            assertThat(((Problem) response.getEntity()).detail())
                    .contains("under ")
                    .doesNotContain("outer");
        }
    }
}
