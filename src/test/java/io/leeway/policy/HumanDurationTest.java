package io.leeway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HumanDurationTest {
    @ParameterizedTest
    @CsvSource({
        "15 min, PT15M, 15 min",
        "15min, PT15M, 15 min",
        "1 Minute, PT1M, 1 min",
        "2 h, PT2H, 2 h",
        "1 h 30 min, PT1H30M, 1 h 30 min",
        "72 hours, PT72H, 72 h",
        "1 day, P1D, 1 day",
        "7 days, P7D, 7 days",
        "2 weeks 1 day, P15D, 15 days",
        "1 day 12 h, P1DT12H, 1 day 12 h",
        "90 s, PT90S, 90 s",
        "PT0H15M, PT0H15M, PT0H15M",
        "P1D, P1D, 1 day"
    })
    void people_and_iso_say_the_same(String text, String iso, String again) {
        assertThat(HumanDuration.iso(text)).isEqualTo(iso);
        assertThat(HumanDuration.text(iso)).isEqualTo(again);
        assertThat(HumanDuration.iso(again)).isEqualTo(iso);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "15",
                "15 m",
                "min",
                "0 min",
                "30 min 1 h",
                "1 h 1 h",
                "1 month",
                "-5 min",
                "1.5 h",
                "5000 days",
                "1 h and"
            })
    void anything_else_is_no_duration(String text) {
        assertThat(HumanDuration.iso(text)).isNull();
    }
}
