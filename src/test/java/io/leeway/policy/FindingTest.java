package io.leeway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Findings as an operator meets them in the log and in the readiness answer. */
class FindingTest {
    @Test
    void readsAsOneLineFromPlaceToHelp() {
        assertThat(Finding.error("unknown-value", "billing.xlsx", "Remit", "C12", "`Eur` is no currency", "use `EUR`"))
                .hasToString("billing.xlsx › Remit › C12: `Eur` is no currency (unknown-value). Use `EUR`.");
    }

    @Test
    void leavesOutWhatItDoesNotKnow() {
        assertThat(Finding.error("drl", "guardrails.drl", null, "7", "does not parse", ""))
                .hasToString("guardrails.drl › 7: does not parse (drl).");
        assertThat(Finding.warning("no-files", "", null, null, "there is no policy file", "Put some there!"))
                .hasToString("there is no policy file (no-files). Put some there!");
    }
}
