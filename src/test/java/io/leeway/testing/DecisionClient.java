package io.leeway.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An agent platform that proposes and reads, and keeps what it was answered and how long that took. */
public final class DecisionClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PACE = Duration.ofMillis(20);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String proposal = Story.of("carrier-selection-small").proposal();
    private volatile URI base;

    public DecisionClient(URI base) {
        this.base = base;
    }

    /**
     * What came back.
     *
     * @param sent when the request was sent, by this machine's clock
     * @param millis from there to the whole answer
     * @param status 0 when the connection broke
     * @param body null when it was no JSON
     */
    public record Answer(
            String request,
            Instant sent,
            long millis,
            int status,
            String contentType,
            @Nullable JsonNode body) {
        /** A member of the answer as text; empty when it has none. */
        public String text(String member) {
            return body == null ? "" : body.path(member).asText();
        }

        /** What was decided. Fails when nothing was. */
        public Verdict verdict() {
            if (status != 200 || body == null) {
                throw new AssertionError("no verdict: " + this);
            }
            return new Verdict(
                    text("decisionId"),
                    text("mode"),
                    text("decidedAt"),
                    body.at("/record/index").asLong(-1),
                    body.at("/record/leafHash").asText());
        }
    }

    /** What must stay the same whenever the same proposal is sent again; the permit runs out, so it is not part. */
    public record Verdict(String decisionId, String mode, String decidedAt, long index, String leafHash) {}

    /** The service moved, as at a restart. */
    public void moveTo(URI address) {
        base = address;
    }

    /** A new key with these roles. */
    public String createKey(String admin, String name, String... roles) throws JsonProcessingException {
        String request = JSON.writeValueAsString(Map.of("name", name, "roles", List.of(roles)));
        Answer answer = post("/v1/keys", admin, request);
        if (answer.status() != 201) {
            throw new IllegalStateException("no key: " + answer);
        }
        return answer.text("key");
    }

    /** A proposal that was never sent before. */
    public String newProposal() {
        try {
            ObjectNode fresh = (ObjectNode) JSON.readTree(proposal);
            ((ObjectNode) fresh.get("action")).put("id", UUID.randomUUID().toString());
            return fresh.toString();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Proposes. */
    public Answer decide(String key, String body) {
        return post("/v1/decisions", key, body);
    }

    /** Proposes until there is a verdict, for that long. */
    public Verdict insist(String key, String body, Duration patience) {
        return insist(() -> decide(key, body), patience).verdict();
    }

    /** Reads a decision, again and again for that long while it cannot be read. */
    public Answer find(String key, String decisionId, Duration patience) {
        return insist(() -> get("/v1/decisions/" + decisionId, key), patience);
    }

    private static Answer insist(Supplier<Answer> ask, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        Answer answer = ask.get();
        while (answer.status() != 200 && System.nanoTime() < end) {
            LockSupport.parkNanos(PACE.toNanos());
            answer = ask.get();
        }
        return answer;
    }

    /** Reads. */
    public Answer get(String path, String key) {
        return send(path, request(path, key).GET().build());
    }

    private Answer post(String path, String key, String body) {
        return send(
                body,
                request(path, key)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    private HttpRequest.Builder request(String path, String key) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).header("Authorization", "Bearer " + key);
    }

    private Answer send(String what, HttpRequest request) {
        Instant sent = Instant.now();
        long began = System.nanoTime();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            long millis = millisSince(began);
            String type = response.headers().firstValue("Content-Type").orElse("");
            return new Answer(what, sent, millis, response.statusCode(), type, json(response.body()));
        } catch (IOException e) {
            return new Answer(what, sent, millisSince(began), 0, e.toString(), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static long millisSince(long began) {
        return Duration.ofNanos(System.nanoTime() - began).toMillis();
    }

    private static @Nullable JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
