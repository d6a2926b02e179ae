package io.leeway.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When evidence is stale and how old it is, at the edges: in doubt the worst counts. */
class EvidenceSetTest {
    private static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");
    private static final Duration QUARTER = Duration.ofMinutes(15);

    /** Observed so long before now; a minus sign means ahead of it. */
    @ParameterizedTest
    @CsvSource({
        "PT0S,          false, 0",
        "PT0.000001S,   false, 0.000001",
        "PT0.0000019S,  false, 0.000001",
        "PT14M59S,      false, 899",
        "PT15M,         false, 900",
        "PT15M0.000001S, true, 900.000001",
        "PT16M,          true, 960",
        "PT-1S,         false, 0",
        "PT-2S,         false, 0",
        "PT-2.000001S,   true, 9999999999",
        "PT-1H,          true, 9999999999"
    })
    void evidenceIsFreshUpToItsLimitAndTwoSecondsAhead(String age, boolean stale, BigDecimal seconds) {
        Evidence item = item("charge", NOW.minus(Duration.parse(age)), "v1");
        EvidenceSet evidence = at(NOW, item);
        assertThat(evidence.staleAfter("charge", QUARTER)).isEqualTo(stale);
        assertThat(evidence.staleAfter("charge", "PT15M")).isEqualTo(stale);
        assertThat(evidence.ageSeconds(item)).isEqualByComparingTo(seconds);
        assertThat(evidence.oldestSeconds()).isEqualByComparingTo(seconds);
    }

    @Test
    void missingEvidenceIsStaleAndHasNoSchema() {
        EvidenceSet evidence = at(NOW, item("charge", NOW, "v1"));
        assertThat(evidence.staleAfter("contract", QUARTER)).isTrue();
        assertThat(evidence.freshUntil("contract", QUARTER)).isEmpty();
        assertThat(evidence.schema("contract")).isEmpty();
        assertThat(evidence.staleAfter("Charge", QUARTER))
                .as("names differ by case")
                .isTrue();
    }

    @Test
    void withoutAnyEvidenceThereIsNoAge() {
        EvidenceSet none = at(NOW);
        assertThat(none.oldestSeconds()).isNull();
        assertThat(none.count()).isEqualByComparingTo("0");
        assertThat(none.staleAfter("charge", QUARTER)).isTrue();
        assertThat(none.verified("charge")).isFalse();
    }

    @Test
    void undatedEvidenceIsStaleAndOlderThanAnyLimit() {
        Evidence undated = item("charge", null, "v1");
        EvidenceSet evidence = at(NOW, undated);
        assertThat(evidence.staleAfter("charge", Duration.ofDays(3650))).isTrue();
        assertThat(evidence.freshUntil("charge", QUARTER)).isEmpty();
        assertThat(evidence.ageSeconds(undated)).isEqualTo(EvidenceSet.UNKNOWN_AGE);
        assertThat(evidence.oldestSeconds()).isEqualTo(EvidenceSet.UNKNOWN_AGE);
    }

    @Test
    void freshEvidenceEndsAtItsLimitExactly() {
        Instant observed = NOW.minusSeconds(60);
        EvidenceSet evidence = at(NOW, item("charge", observed, "v1"));
        Instant end = observed.plus(QUARTER);
        assertThat(evidence.freshUntil("charge", QUARTER)).contains(end);
        assertThat(at(end, item("charge", observed, "v1")).staleAfter("charge", QUARTER))
                .isFalse();
        assertThat(at(end.plusNanos(1_000), item("charge", observed, "v1")).staleAfter("charge", QUARTER))
                .isTrue();
        assertThat(at(NOW.plusSeconds(3_600), item("charge", observed, "v1")).freshUntil("charge", QUARTER))
                .as("stale by now, but it was fresh once")
                .contains(end);
    }

    @Test
    void evidenceOfAnotherSchemaThanTheVersionRequiresIsStale() {
        List<Evidence> items = List.of(item("charge", NOW, "v1"), item("contract", NOW, ""));
        assertThat(new EvidenceSet(items, NOW, Map.of("charge", "v1")).staleAfter("charge", QUARTER))
                .isFalse();
        assertThat(new EvidenceSet(items, NOW, Map.of("charge", "v2")).staleAfter("charge", QUARTER))
                .isTrue();
        assertThat(new EvidenceSet(items, NOW, Map.of("charge", "v2")).freshUntil("charge", QUARTER))
                .isEmpty();
        assertThat(new EvidenceSet(items, NOW, Map.of("contract", "v1")).staleAfter("contract", QUARTER))
                .isTrue();
        assertThat(new EvidenceSet(items, NOW, Map.of("contract", "v1")).staleAfter("charge", QUARTER))
                .as("nothing is required of it")
                .isFalse();
    }

    @Test
    void ofSeveralItemsOfOneNameTheWorstCounts() {
        Evidence fresh = item("charge", NOW, "v1");
        Evidence old = item("charge", NOW.minusSeconds(899), "v1");
        assertThat(at(NOW, fresh, old).freshUntil("charge", QUARTER)).contains(NOW.plusSeconds(1));
        assertThat(at(NOW, old, fresh).freshUntil("charge", QUARTER)).contains(NOW.plusSeconds(1));
        for (Evidence worse : List.of(
                item("charge", NOW.minusSeconds(901), "v1"),
                item("charge", null, "v1"),
                item("charge", NOW.plusSeconds(3), "v1"))) {
            assertThat(at(NOW, fresh, worse).staleAfter("charge", QUARTER)).isTrue();
            assertThat(at(NOW, worse, fresh).staleAfter("charge", QUARTER)).isTrue();
        }
        assertThat(new EvidenceSet(List.of(fresh, item("charge", NOW, "v2")), NOW, Map.of("charge", "v1"))
                        .staleAfter("charge", QUARTER))
                .isTrue();
    }

    @Test
    void severalItemsOfOneNameHaveASchemaOnlyWhenTheyAgree() {
        Evidence first = item("charge", NOW, "v1");
        assertThat(at(NOW, first).schema("charge")).isEqualTo("v1");
        assertThat(at(NOW, first, item("charge", null, "v1")).schema("charge")).isEqualTo("v1");
        assertThat(at(NOW, first, item("charge", NOW, "v2")).schema("charge")).isEmpty();
        assertThat(at(NOW, first, item("charge", NOW, "")).schema("charge")).isEmpty();
        assertThat(at(NOW, first, item("contract", NOW, "v2")).schema("charge")).isEqualTo("v1");
    }

    @Test
    void theOldestItemOfAnyNameGivesTheAgeOfTheSet() {
        EvidenceSet evidence = at(
                NOW,
                item("a", NOW.plusSeconds(1), ""),
                item("b", NOW.minusSeconds(90), ""),
                item("c", NOW.minusSeconds(30), ""));
        assertThat(evidence.oldestSeconds()).isEqualByComparingTo("90");
        assertThat(evidence.count()).isEqualByComparingTo("3");
    }

    private static EvidenceSet at(Instant now, Evidence... items) {
        return new EvidenceSet(List.of(items), now, Map.of());
    }

    private static Evidence item(String name, @Nullable Instant observed, String schema) {
        return new Evidence(name, "", observed, schema, List.of(), "");
    }
}
