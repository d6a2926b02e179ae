package io.leeway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever signs in goes on to a page of the console, whatever a link said. */
class ReturnPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console",
                "/console/stops",
                "/console/decisions?agent=a+b&mode=AUTONOMOUS&trace=%3Cb%3E",
                "/console/policies/2026-11-22.3",
                "/console/decisions?from=2026-11-22T09:00"
            })
    void pagesAreGoneOnTo(String wanted) {
        assertThat(ReturnPath.of(wanted)).isEqualTo(wanted);
        assertThat(URI.create(wanted).getHost()).isNull();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "/",
                "/v1/stops",
                "//evil.example/console",
                "https://evil.example/console",
                "/console//evil.example",
                "/console/../v1/stops/%2e",
                "/console\\evil.example",
                "/console/sign-in?next=/console",
                "/consoles",
                "javascript:alert(1)",
                "/console/x\r\nSet-Cookie: a=b",
                "/console?x=<script>",
                "/console?x=%zz",
                "/console#x"
            })
    void anythingElseIsTheStart(String wanted) {
        assertThat(ReturnPath.of(wanted)).isEqualTo("/console");
    }

    @Test
    void longPathIsJudgedWithoutTrouble() {
        assertThat(ReturnPath.of("/console?a=" + "%20".repeat(100_000))).isEqualTo("/console");
        assertThat(ReturnPath.of("/console?a=" + "%20".repeat(600))).startsWith("/console?a=");
    }
}
