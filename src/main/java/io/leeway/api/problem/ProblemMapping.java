package io.leeway.api.problem;

import io.leeway.model.Refusal;
import io.smallrye.mutiny.CompositeException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Every exception that leaves a resource, or that JAX-RS raises, as a problem document. */
public class ProblemMapping {
    private static final Logger LOG = Logger.getLogger(ProblemMapping.class);

    /** Causes may go in a circle. */
    private static final int DEEPEST_CAUSE = 32;

    @ServerExceptionMapper
    public Response refused(Refusal refusal) {
        return response(Problem.of(refusal)).build();
    }

    @ServerExceptionMapper
    public Response refusedByHttp(WebApplicationException exception) {
        Response answer = exception.getResponse();
        if (answer.getStatus() >= 500) {
            return unforeseen(exception);
        }
        if (answer.getStatus() < 400) {
            return answer;
        }
        return response(Problem.of(answer.getStatus())).build();
    }

    @ServerExceptionMapper
    public Response unforeseen(Throwable throwable) {
        Throwable cause = cause(throwable);
        if (cause instanceof Refusal refusal) {
            return refused(refusal);
        }
        if (cause instanceof WebApplicationException exception && cause != throwable) {
            return refusedByHttp(exception);
        }
        return response(failed(cause)).build();
    }

    /** The problem in the place of an answer that could not be given. */
    public static Problem of(Throwable throwable) {
        return cause(throwable) instanceof Refusal refusal ? Problem.of(refusal) : failed(throwable);
    }

    /** What nobody foresaw: the database's failure when one caused it, otherwise the service's own. */
    private static Problem failed(Throwable throwable) {
        SQLException failure = databaseFailure(throwable);
        if (failure == null) {
            return internal(throwable);
        }
        // One line each, for a lost database fails every call; the trace is there for whoever asks for it.
        LOG.warnf("the database failed (SQL state %s): %s", failure.getSQLState(), failure.getMessage());
        LOG.debug("the call that the database failed", throwable);
        return Problem.of(new Refusal(
                Refusal.Kind.UNAVAILABLE, "LEDGER_UNAVAILABLE", "The database cannot be reached at the moment."));
    }

    /** The pool's time-out, the driver's exceptions, and what Hibernate and the transaction manager wrap around them. */
    private static @Nullable SQLException databaseFailure(Throwable throwable) {
        Throwable cause = throwable;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof SQLException failure) {
                return failure;
            }
            cause = cause.getCause();
        }
        return null;
    }

    /** Logs what nobody foresaw and tells the caller where to ask. */
    public static Problem internal(Throwable throwable) {
        String incident = UUID.randomUUID().toString();
        LOG.errorf(throwable, "incident %s", incident);
        return Problem.internal(incident);
    }

    private static Throwable cause(Throwable throwable) {
        Throwable cause = throwable;
        while (cause.getCause() != null
                && (cause instanceof CompletionException
                        || cause instanceof ExecutionException
                        || cause instanceof CompositeException)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static Response.ResponseBuilder response(Problem problem) {
        Response.ResponseBuilder response = Response.status(problem.status())
                .type(MediaType.valueOf(Problem.MEDIA_TYPE))
                .entity(problem);
        if (problem.isPassing()) {
            response.header(HttpHeaders.RETRY_AFTER, 1);
        }
        if (problem.status() == 401) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return response;
    }
}
