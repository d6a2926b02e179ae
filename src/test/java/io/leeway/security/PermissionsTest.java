package io.leeway.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.model.Actor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PermissionsTest {
    /** Role by role, as the contract tells it; the table is written endpoint by endpoint. */
    private static final String READ_POLICIES = "GET /v1/policies, GET /v1/policies/{version},"
            + " GET /v1/policies/{version}/diff, GET /v1/policies/{version}/findings, GET /v1/policies/{version}/workbooks/{file},"
            + " POST /v1/policies/{version}/replay, GET /v1/policies/{version}/replays/{id},"
            + " DELETE /v1/policies/{version}/replays/{id}, GET /v1/policies/{version}/shadow";

    private static final String READ_CHAINS = "GET /v1/traces/{id}, GET /v1/subjects/{type}/{id}/timeline, ";

    private static final List<String> CONTRACT = List.of(
            "agent: " + READ_CHAINS
                    + "POST /v1/decisions, POST /v1/decisions/batch, GET /v1/decisions, GET /v1/decisions/{id}, GET /v1/decisions/{id}/explanation,"
                    + " POST /v1/permits/{id}/consumption, POST /v1/simulations, GET /v1/vocabulary,"
                    + " POST /v1/stops/{id}/acknowledgement, GET /v1/events",
            "approver: GET /v1/vocabulary",
            "policy-author: " + READ_CHAINS
                    + "GET /v1/decisions, GET /v1/decisions/{id}, GET /v1/decisions/{id}/explanation, POST /v1/simulations, GET /v1/vocabulary, GET /v1/reports/observed, POST /v1/policies, "
                    + READ_POLICIES,
            "policy-approver: " + READ_CHAINS
                    + "GET /v1/decisions, GET /v1/decisions/{id}, GET /v1/decisions/{id}/explanation, POST /v1/simulations, GET /v1/vocabulary,"
                    + " GET /v1/reports/observed, POST /v1/policies/{version}/approve, POST /v1/policies/{version}/activate,"
                    + " POST /v1/policies/{version}/shadow, DELETE /v1/policies/{version}/shadow, POST /v1/policies/rollback, "
                    + READ_POLICIES,
            "operator: " + READ_CHAINS
                    + "GET /v1/decisions, GET /v1/decisions/{id}, GET /v1/decisions/{id}/explanation, GET /v1/vocabulary, GET /v1/stops, GET /v1/stops/{id}, POST /v1/stops,"
                    + " POST /v1/stops/{id}/release, GET /v1/events, GET /v1/stages, GET /v1/stages/{agent}/{action},"
                    + " PUT /v1/stages/{agent}/{action}, GET /v1/stages/proposals, POST /v1/stages/proposals,"
                    + " POST /v1/stages/proposals/{id}/accept, GET /v1/keys, GET /v1/keys/{id}/enforcement,"
                    + " PUT /v1/keys/{id}/enforcement, GET /v1/reports/observed",
            "compliance: " + READ_CHAINS
                    + "GET /v1/decisions, GET /v1/decisions/{id}, GET /v1/decisions/{id}/explanation, GET /v1/vocabulary, GET /v1/stops, GET /v1/stops/{id}, GET /v1/events, GET /v1/stages,"
                    + " GET /v1/stages/{agent}/{action}, GET /v1/stages/proposals, GET /v1/keys, GET /v1/keys/{id}/enforcement,"
                    + " GET /v1/reports/observed, POST /v1/decisions/{id}/reexecution, "
                    + READ_POLICIES,
            "admin: POST /v1/keys, GET /v1/keys, DELETE /v1/keys/{id}, GET /v1/keys/{id}/enforcement");

    @TestFactory
    List<DynamicTest> eachRoleMayWhatTheContractSaysAndNothingElse() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : CONTRACT) {
            Role role = Role.of(line.substring(0, line.indexOf(':'))).orElseThrow();
            Set<Endpoint> may = Arrays.stream(
                            line.substring(line.indexOf(':') + 2).split(", ?"))
                    .map(PermissionsTest::endpoint)
                    .collect(Collectors.toSet());
            tests.add(DynamicTest.dynamicTest(
                    role.wire(),
                    () -> assertThat(Permissions.endpoints().stream()
                                    .filter(endpoint -> Permissions.allows(Set.of(role), endpoint)))
                            .containsExactlyInAnyOrderElementsOf(may)));
        }
        assertThat(tests).hasSameSizeAs(Role.values());
        return tests;
    }

    @Test
    void whatHasNoLineIsDeniedToEverybody() {
        Set<Role> all = EnumSet.allOf(Role.class);
        for (String unknown : List.of(
                "DELETE /v1/decisions/{id}",
                "GET /v1/stops/{id}/release",
                "get /v1/decisions",
                "POST /v1/keys/",
                "GET /",
                "PUT /v1/keys")) {
            assertThat(Permissions.allows(all, endpoint(unknown))).as(unknown).isFalse();
            assertThat(Permissions.rolesFor(endpoint(unknown))).isEmpty();
        }
    }

    @Test
    void nobodyWithoutARoleMayAnything() {
        assertThat(Permissions.endpoints()).noneMatch(endpoint -> Permissions.allows(Set.of(), endpoint));
    }

    @Test
    void anAgentsKeyActsForItsAgentsOnly() {
        Principal bound = principal(Set.of(Role.AGENT), Set.of("a", "b"));
        assertThat(bound.actsFor("a")).isTrue();
        assertThat(bound.actsFor("c")).isFalse();
        assertThat(bound.sees("b")).isTrue();
        assertThat(bound.sees("c")).isFalse();
        assertThat(bound.visibleAgents()).contains(Set.of("a", "b"));
    }

    @Test
    void anAgentsKeyThatNamesNoneActsForAny() {
        Principal any = principal(Set.of(Role.AGENT), Set.of());
        assertThat(any.actsFor("a")).isTrue();
        assertThat(any.visibleAgents()).isEmpty();
    }

    @Test
    void onlyTheRoleAgentActsForAgents() {
        for (Role role : EnumSet.complementOf(EnumSet.of(Role.AGENT))) {
            assertThat(principal(Set.of(role), Set.of()).actsFor("a"))
                    .as("%s", role)
                    .isFalse();
        }
    }

    @Test
    void aReaderOfAllDecisionsIsNotBoundByItsAgents() {
        Principal both = principal(Set.of(Role.AGENT, Role.COMPLIANCE), Set.of("a"));
        assertThat(both.sees("z")).isTrue();
        assertThat(both.actsFor("z")).isFalse();
    }

    private static Principal principal(Set<Role> roles, Set<String> agents) {
        return new Principal("k", new Actor(Actor.LEEWAY, "n"), roles, Set.of(), agents);
    }

    private static Endpoint endpoint(String text) {
        return new Endpoint(text.substring(0, text.indexOf(' ')), text.substring(text.indexOf(' ') + 1));
    }
}
