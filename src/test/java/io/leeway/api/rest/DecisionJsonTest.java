package io.leeway.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leeway.decision.Decision;
import io.leeway.decision.DecisionState;
import io.leeway.model.ApprovalRequirement;
import io.leeway.model.Directive;
import io.leeway.model.Mode;
import io.leeway.model.Obligation;
import io.leeway.model.Permit;
import io.leeway.model.ReasonCode;
import io.leeway.model.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The answer that is written by hand says what the description says, member for member and in its order. */
class DecisionJsonTest {
    private static final ObjectMapper JACKSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00.000001Z");
    private static final UUID ID = UUID.fromString("01a2049e-9435-7e5b-8000-00445c27da0e");
    private static final String MATCHED = "[{\"because\":\"zu alt: \u20ac \\\"x\\\"\",\"source\":null}]";

    @ParameterizedTest
    @EnumSource(Directive.class)
    void isWhatTheViewIs(Directive directive) throws IOException {
        for (Decision decision : List.of(recorded(directive), simulated(directive))) {
            JsonNode written = JACKSON.readTree(DecisionJson.of(decision));
            JsonNode described = JACKSON.readTree(JACKSON.writeValueAsString(DecisionView.of(decision)));
            assertThat(written).isEqualTo(described);
            assertThat(names(written)).isEqualTo(names(described));
        }
    }

    private static Decision recorded(Directive directive) {
        return new Decision(
                ID,
                verdict(directive, NOW.plusSeconds(60)),
                MATCHED.getBytes(StandardCharsets.UTF_8),
                NOW,
                NOW.plusSeconds(60),
                directive == Directive.PROCEED ? new Permit(ID, NOW.plusSeconds(60)) : null,
                directive == Directive.AWAIT_APPROVAL ? approval(ID) : null,
                "sha256:00",
                new Decision.PolicyReference("2026-11-22.1", "sha256:01"),
                new Decision.Place(4711, "sha256:02"),
                DecisionState.CLOSED,
                directive != Directive.PROCEED);
    }

    private static Decision simulated(Directive directive) {
        return new Decision(
                null,
                verdict(directive, null),
                "[]".getBytes(StandardCharsets.UTF_8),
                NOW,
                NOW,
                null,
                directive == Directive.AWAIT_APPROVAL ? approval(null) : null,
                "sha256:00",
                null,
                null,
                DecisionState.CLOSED,
                directive != Directive.PROCEED);
    }

    private static Decision.Approval approval(@Nullable UUID id) {
        return new Decision.Approval(id, List.of(new ApprovalRequirement("billing-leads", 2)), NOW.plusSeconds(60));
    }

    private static Verdict verdict(Directive directive, @Nullable Instant expiresAt) {
        return new Verdict(
                Mode.HUMAN_IN_THE_LOOP,
                directive,
                List.of(ReasonCode.SAFEGUARD, ReasonCode.STAGE),
                List.of(),
                List.of(new Obligation("notify", "finance-ops")),
                List.of(),
                expiresAt);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
