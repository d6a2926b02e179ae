package io.leeway.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Answers with a problem document outside of JAX-RS. */
public final class ProblemAnswer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ProblemAnswer() {}

    /** Ends the response; does nothing when it has begun already. */
    public static void send(RoutingContext routing, Problem problem) {
        HttpServerResponse response = routing.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        response.setStatusCode(problem.status()).putHeader("Content-Type", Problem.MEDIA_TYPE);
        if (problem.isPassing()) {
            response.putHeader("Retry-After", "1");
        }
        response.end(body(problem));
    }

    private static Buffer body(Problem problem) {
        try {
            return Buffer.buffer(JSON.writeValueAsBytes(problem));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts can be written", e);
        }
    }
}
