package io.leeway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.model.Refusal;
import io.leeway.model.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewKeyTest {
    private static final List<String> NONE = List.of();

    @Test
    void aKeyLivesAYearUnlessToldOtherwise() {
        assertThat(NewKey.of("bot", List.of("agent"), NONE, NONE, null).life()).isEqualTo(Duration.ofDays(365));
    }

    @ParameterizedTest
    @CsvSource({"P30D, 2592000", "PT12H, 43200", "P365D, 31536000", "PT0.001S, 0", "P1DT1M, 86460"})
    void aLifeIsAnIsoDuration(String expiresIn, long seconds) {
        assertThat(NewKey.of("bot", List.of("agent"), NONE, NONE, expiresIn)
                        .life()
                        .toSeconds())
                .isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "P0D",
                "PT0S",
                "-P1D",
                "PT-1S",
                "P366D",
                "P365DT0.001S",
                "P1Y",
                "P1M",
                "30d",
                "",
                "P",
                "PT1E9S",
                "P99999999999999D"
            })
    void aLifeOutsideTheBoundsIsRefused(String expiresIn) {
        assertThat(faults("bot", List.of("agent"), NONE, NONE, expiresIn)).containsExactly("/expiresIn");
    }

    @Test
    void listsAreSortedAndWithoutRepeats() {
        NewKey key = NewKey.of("bot", List.of("agent", "agent"), List.of("g"), List.of("b", "a", "b"), null);
        assertThat(key.roles()).isEqualTo(Set.of(Role.AGENT));
        assertThat(key.agents()).containsExactly("a", "b");
    }

    @Test
    void everyFaultIsNamedAtOnce() {
        assertThat(faults(null, List.of("agent", "king", "operator"), List.of("ok", ""), List.of("a\nb"), "P2Y"))
                .containsExactly("/name", "/roles/1", "/roles", "/groups/1", "/agents/0", "/expiresIn");
    }

    @ParameterizedTest
    @ValueSource(strings = {"installation", "Installation", " alice", "alice ", "", "al\u0000ice", "al\tice"})
    void aNameThatCouldPassForAnotherIsRefused(String name) {
        assertThat(faults(name, List.of("agent"), NONE, NONE, null)).containsExactly("/name");
    }

    @Test
    void aNameHasAtMost200Characters() {
        assertThat(NewKey.of("n".repeat(200), List.of("agent"), NONE, NONE, null)
                        .name())
                .hasSize(200);
        assertThat(faults("n".repeat(201), List.of("agent"), NONE, NONE, null)).containsExactly("/name");
    }

    @Test
    void aKeyHasARole() {
        assertThat(faults("x", NONE, NONE, NONE, null)).containsExactly("/roles");
    }

    @Test
    void agentsBoundOnlyTheRoleAgent() {
        assertThat(faults("x", List.of("compliance"), NONE, List.of("bot"), null))
                .containsExactly("/agents");
    }

    private static List<String> faults(
            String name, List<String> roles, List<String> groups, List<String> agents, String expiresIn) {
        List<String> pointers = new ArrayList<>();
        assertThatThrownBy(() -> NewKey.of(name, roles, groups, agents, expiresIn))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID);
                    refusal.violations().stream().map(Violation::pointer).forEach(pointers::add);
                });
        return pointers;
    }
}
