package io.leeway.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.control.Acknowledgement;
import io.leeway.control.NewStop;
import io.leeway.control.Stop;
import io.leeway.control.StopScope;
import io.leeway.decision.AgentActivity;
import io.leeway.decision.StopActivity;
import io.leeway.model.StopLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentConfirmationTest {
    private static final Instant PLACED = Instant.parse("2026-11-23T10:00:00Z");

    /** Times are seconds after the stop was placed; a permit's end and attempts may be missing. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            drill, permit ends, last attempt, acknowledged, now, state,       proof,           at
            false,            ,             ,             ,   0, REQUESTED,   ,
            false,            ,             ,             ,  59, REQUESTED,   ,
            false,            ,             ,             ,  60, CONFIRMED,   SILENCE,         60
            false,          45,             ,             ,  60, UNCONFIRMED, ,
            false,          45,             ,             , 104, UNCONFIRMED, ,
            false,          45,             ,             , 105, CONFIRMED,   SILENCE,         105
            false,            ,           30,             ,  60, UNCONFIRMED, ,
            false,            ,           30,             ,  90, CONFIRMED,   SILENCE,         90
            false,          45,          200,             , 259, UNCONFIRMED, ,
            false,          45,          200,             , 260, CONFIRMED,   SILENCE,         260
            false,          45,          200,            2,  10, CONFIRMED,   ACKNOWLEDGEMENT, 2
            false,            ,             ,            2, 900, CONFIRMED,   ACKNOWLEDGEMENT, 2
            true,             ,             ,             ,  59, REQUESTED,   ,
            true,             ,             ,             , 900, UNCONFIRMED, ,
            true,           45,           30,            7,   8, CONFIRMED,   ACKNOWLEDGEMENT, 7
            """, useHeadersInDisplayName = true)
    void isWhatTheLedgerShows(
            boolean drill,
            @Nullable Integer permitEnds,
            @Nullable Integer lastAttempt,
            @Nullable Integer acknowledged,
            int now,
            AgentConfirmation.State state,
            AgentConfirmation.@Nullable Proof proof,
            @Nullable Integer at) {
        Instant attempt = after(lastAttempt);
        AgentActivity activity = new AgentActivity(
                "bot", permitEnds == null ? 0 : 1, after(permitEnds), attempt == null ? 0 : 1, attempt, attempt);
        Instant when = after(acknowledged);
        Acknowledgement given = when == null ? null : new Acknowledgement("bot", "platform", when, 7);
        AgentConfirmation found = AgentConfirmation.of(stop("all", "", drill), activity, given, after(now));
        assertThat(found.state()).isEqualTo(state);
        assertThat(found.proof()).isEqualTo(proof);
        assertThat(found.at()).isEqualTo(after(at));
        assertThat(found.reaction()).isEqualTo(acknowledged == null ? null : Duration.ofSeconds(acknowledged));
        assertThat(found.reason()).endsWith(".");
    }

    @Test
    void concernsWhoActedWhoAcknowledgedAndWhoIsNamed() {
        StopActivity activity = new StopActivity(Map.of("acted", AgentActivity.none("acted")), true);
        List<Acknowledgement> given = List.of(new Acknowledgement("said", "platform", PLACED, 7));
        assertThat(agents(StopConfirmation.of(stop("all", "", false), activity, given, PLACED)))
                .containsExactly("acted", "said");
        assertThat(agents(StopConfirmation.of(stop("agent", "named", false), activity, given, PLACED)))
                .containsExactly("acted", "named", "said");
    }

    private static List<String> agents(StopConfirmation known) {
        return known.agents().stream().map(one -> one.activity().agent()).toList();
    }

    private static Stop stop(String kind, String value, boolean drill) {
        return new Stop(
                new UUID(1, 2),
                new NewStop(StopScope.of(kind, value), StopLevel.HALT, drill, "why"),
                "olga",
                PLACED,
                5,
                List.of(),
                null,
                null);
    }

    private static @Nullable Instant after(@Nullable Integer seconds) {
        return seconds == null ? null : PLACED.plusSeconds(seconds);
    }
}
