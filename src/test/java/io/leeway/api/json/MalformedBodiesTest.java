package io.leeway.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.leeway.model.Refusal;
import io.leeway.model.Violation;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may not come in is refused, with every place that is at fault; what is just allowed comes in. */
class MalformedBodiesTest {
    private static final Map<Refusal.Kind, Integer> STATUS =
            Map.of(Refusal.Kind.MALFORMED, 400, Refusal.Kind.INVALID, 422, Refusal.Kind.TOO_LARGE, 413);

    static Stream<JsonCases.JsonCase> malformed() {
        return JsonCases.in("malformed-json");
    }

    static Stream<JsonCases.JsonCase> accepted() {
        return JsonCases.in("accepted-json");
    }

    @Test
    void corpusIsLarge() {
        assertThat(malformed()).hasSizeGreaterThan(250);
        assertThat(malformed().map(JsonCases.JsonCase::name)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void isRefusedWithEveryPlace(JsonCases.JsonCase refused) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> ProposalReader.read(refused.body()));
        assertThat(refusal).isNotNull();
        assertThat(refusal.violations())
                .extracting(Violation::pointer)
                .as("%s", refusal.violations())
                .containsExactlyElementsOf(refused.pointers());
        assertThat(STATUS).containsEntry(refusal.kind(), refused.status());
        assertThat(refusal.code()).isEqualTo(refused.code());
        assertThat(refusal.violations())
                .allSatisfy(violation -> assertThat(violation.message())
                        .isNotBlank()
                        .hasSizeLessThan(500)
                        .doesNotContain("Source:", "JsonParser", "java.", "\n"));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void isAllowed(JsonCases.JsonCase allowed) {
        assertThat(ProposalReader.read(allowed.body()).body()).containsKeys("action", "agent", "subject");
    }
}
