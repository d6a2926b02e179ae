package io.leeway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.control.StopScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a form for a stop says, and what is wrong with it. */
class StopFormTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "all, -, why, ''",
                "all, typed before, why, ''",
                "agent, bot, why, ''",
                "action, billing.*, why, ''",
                "-, -, why, kind",
                "nonsense, x, why, kind",
                "agent, -, why, value",
                "agent, ' ', why, value",
                "action, bil*ling, why, value",
                "agent, bot, -, reason",
                "agent, -, -, 'value,reason'",
                "-, -, -, 'kind,reason'"
            })
    void faultsStandAtTheirFields(String kind, String value, String reason, String fields) {
        StopForm form = StopForm.read(kind, value, null, null, reason);
        assertThat(String.join(
                        ",", form.faults().stream().map(StopForm.Fault::field).toList()))
                .isEqualTo(fields);
        assertThat(form.isValid()).isEqualTo(fields.isEmpty());
    }

    @Test
    void everythingIsEverythingWhateverWasTypedBefore() {
        assertThat(StopForm.read("all", "billing-bot", null, null, "why").scope())
                .isEqualTo(new StopScope(StopScope.Kind.ALL, ""));
    }

    @Test
    void reasonMayHaveBeenTypedInLines() {
        assertThat(StopForm.read("all", null, null, null, " one\r\n two ").reason())
                .isEqualTo("one two");
    }
}
