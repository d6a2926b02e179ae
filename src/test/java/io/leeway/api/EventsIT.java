package io.leeway.api;

import static io.leeway.api.DecisionApiIT.post;
import static io.leeway.api.TestKeys.as;
import static io.leeway.api.TestKeys.asSecond;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.leeway.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Server-sent events over HTTP. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class EventsIT {
    /** An event as it came: {@code id}, {@code event} and {@code data}. */
    private record Event(String id, String type, String data) {}

    /** A connection that reads events. */
    private static final class Listener implements AutoCloseable {
        private final HttpURLConnection connection;
        private final BufferedReader lines;

        Listener(String key, @Nullable String last) throws IOException {
            connection = (HttpURLConnection) URI.create("http://localhost:" + RestAssured.port + "/v1/events")
                    .toURL()
                    .openConnection();
            connection.setReadTimeout(20_000);
            connection.setRequestProperty("Authorization", "Bearer " + key);
            connection.setRequestProperty("Accept", "text/event-stream");
            if (last != null) {
                connection.setRequestProperty("Last-Event-ID", last);
            }
            lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
        }

        Event next() throws IOException {
            String id = "";
            String type = "";
            String data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() && !type.isEmpty()) {
                    return new Event(id, type, data);
                }
                int colon = line.indexOf(':');
                String value = line.substring(colon + 1).strip();
                switch (colon < 0 ? line : line.substring(0, colon)) {
                    case "id" -> id = value;
                    case "event" -> type = value;
                    case "data" -> data = value;
                    default -> {}
                }
            }
            throw new IOException("the stream ended");
        }

        /** The next one that names that. */
        Event next(String named) throws IOException {
            Event event = next();
            while (!event.data().contains(named)) {
                event = next();
            }
            return event;
        }

        @Override
        public void close() {
            connection.disconnect();
        }
    }

    @Test
    void tellsOfAStopFromBeginningToEnd() throws IOException {
        String bot = "events-" + UUID.randomUUID();
        try (Listener listener = new Listener(key("operator"), null)) {
            assertThat(listener.next().type()).isEqualTo("ready");
            String stop = place("all", "", "");
            String first = "{\"reason\":\"calm\",\"first\":{\"kind\":\"agent\",\"value\":\"" + bot + "\"}}";
            post(as("operator"), "/v1/stops/" + stop + "/release", first).statusCode(202);
            post(asSecond("operator"), "/v1/stops/" + stop + "/release", first).statusCode(200);
            release(stop);
            Event placed = listener.next(stop);
            assertThat(placed.type()).isEqualTo("stop.placed");
            assertThat(placed.data()).contains("\"scope\":{\"kind\":\"all\",\"value\":\"\"}", "\"reason\":\"a test\"");
            Event narrowed = listener.next(stop);
            assertThat(narrowed.type()).isEqualTo("stop.narrowed");
            assertThat(narrowed.data()).contains("\"first\":{\"kind\":\"agent\",\"value\":\"" + bot + "\"}");
            assertThat(listener.next(stop).type()).isEqualTo("stop.released");
        }
    }

    @Test
    void resumesAfterTheLastEventThatCame() throws IOException {
        String before;
        try (Listener listener = new Listener(key("operator"), null)) {
            before = listener.next().id();
        }
        List<String> drills =
                List.of(place("trace", "tr-events", ",\"drill\":true"), place("trace", "tr-events", ",\"drill\":true"));
        Event first;
        try (Listener listener = new Listener(key("operator"), before)) {
            assertThat(listener.next()).isEqualTo(new Event(before, "ready", "{\"position\":" + before + "}"));
            first = listener.next();
            assertThat(first.type()).isEqualTo("drill.begun");
            assertThat(first.data()).contains(drills.get(0));
        }
        try (Listener listener = new Listener(key("operator"), first.id())) {
            listener.next();
            assertThat(listener.next().data()).contains(drills.get(1));
        }
        drills.forEach(EventsIT::release);
    }

    @Test
    void anAgentIsToldOfWhatMayConcernItAlone() throws IOException {
        String own = "events-" + UUID.randomUUID();
        String key = TestKeys.create("events of " + own, List.of("agent"), List.of(own));
        try (Listener listener = new Listener(key, null)) {
            listener.next();
            String another = place("agent", "events-another", "");
            String mine = place("agent", own, "");
            assertThat(listener.next().data()).contains(mine);
            release(another);
            release(mine);
            assertThat(listener.next()).satisfies(event -> {
                assertThat(event.type()).isEqualTo("stop.released");
                assertThat(event.data()).contains(mine);
            });
        }
    }

    @Test
    void refusesAnIdThatIsNone() {
        as("operator")
                .header("Last-Event-ID", "yesterday")
                .get("/v1/events")
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_EVENT_ID"));
        as("policy-author").get("/v1/events").then().statusCode(403);
    }

    private static String key(String role) {
        return TestKeys.create("events " + role + UUID.randomUUID(), List.of(role), List.of());
    }

    private static String place(String kind, String value, String more) {
        return post(
                        as("operator"),
                        "/v1/stops",
                        "{\"scope\":{\"kind\":\"" + kind + "\",\"value\":\"" + value + "\"},\"reason\":\"a test\""
                                + more + "}")
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static void release(String stop) {
        for (var person : List.of(as("operator"), asSecond("operator"))) {
            post(person, "/v1/stops/" + stop + "/release", "{\"reason\":\"all clear\"}");
        }
    }
}
