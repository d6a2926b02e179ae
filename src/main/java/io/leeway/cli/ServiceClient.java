package io.leeway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Talks to a running service over its HTTP API with one key. */
final class ServiceClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration SHORT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration FORM_TIMEOUT = Duration.ofMinutes(3);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI service;
    private final String key;

    /**
     * @param service {@code http://127.0.0.1:8080}
     * @param key sent as bearer token; blank: none
     */
    ServiceClient(URI service, String key) {
        this.service = service;
        this.key = key;
    }

    /** An answer of the service, whatever its status. */
    record Answer(int status, JsonNode body) {
        boolean succeeded() {
            return status / 100 == 2;
        }

        /** Whether the service could not do it, whoever asked. */
        boolean failed() {
            return status / 100 == 5;
        }

        /** The problem document as a person reads it. */
        String problem() {
            StringBuilder text = new StringBuilder(body.path("title").asText("refused") + " (" + status + ")");
            if (body.hasNonNull("detail")) {
                text.append(": ").append(body.get("detail").asText());
            }
            for (JsonNode violation : body.path("violations")) {
                text.append("\n  ").append(violation.path("pointer").asText()).append("  ");
                text.append(violation.path("message").asText());
            }
            return text.toString();
        }
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, byte[] body) {
        return send(request(path).POST(BodyPublishers.ofByteArray(body)));
    }

    Answer post(String path, JsonNode body) {
        return send(request(path).POST(BodyPublishers.ofString(body.toString())));
    }

    /** The same for somebody who has another way out: a service that hangs counts as none. */
    Answer postNow(String path, JsonNode body) {
        return send(request(path).timeout(SHORT_TIMEOUT).POST(BodyPublishers.ofString(body.toString())));
    }

    /** Sends a form with files; takes as long as checking them does. */
    Answer post(String path, MultipartForm form) {
        return send(request(path)
                .timeout(FORM_TIMEOUT)
                .setHeader("Content-Type", form.contentType())
                .POST(BodyPublishers.ofByteArray(form.toBytes())));
    }

    Answer put(String path, JsonNode body) {
        return send(request(path).PUT(BodyPublishers.ofString(body.toString())));
    }

    /** One segment of a path, with everything quoted that would end it; {@code *} and {@code :} stay readable. */
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%3A", ":");
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve(path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, application/problem+json");
        if (!key.isBlank()) {
            request.header("Authorization", "Bearer " + key.strip());
        }
        return request;
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), parse(response.body()));
        } catch (ConnectException e) {
            throw CommandException.failed("no service answers at `" + service
                    + "`; start one with `leeway serve`, or name" + " another with --url");
        } catch (IOException e) {
            throw CommandException.failed("`" + service + "` did not answer: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted");
        }
    }

    /** A body that is no JSON is kept as its text under {@code detail}, to be shown as a problem. */
    private JsonNode parse(byte[] body) throws IOException {
        try {
            JsonNode node = json.readTree(body);
            return node.isMissingNode() ? json.createObjectNode() : node;
        } catch (JsonProcessingException e) {
            return json.createObjectNode().put("detail", new String(body, StandardCharsets.UTF_8));
        }
    }
}
