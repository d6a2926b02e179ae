package io.leeway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoleTest {
    @Test
    void rolesAreSpelledAsInTheContract() {
        assertThat(Arrays.stream(Role.values()).map(Role::wire))
                .containsExactly(
                        "agent", "approver", "policy-author", "policy-approver", "operator", "compliance", "admin");
        for (Role role : Role.values()) {
            assertThat(Role.of(role.wire())).contains(role);
        }
        assertThat(Role.of("ADMIN")).isEmpty();
        assertThat(Role.of("policy_author")).isEmpty();
        assertThat(Role.of("")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anyRoleMayStandAlone(Role role) {
        assertThat(Role.conflicts(Set.of(role))).isEmpty();
    }

    @Test
    void ofAllCombinationsExactlyTheAllowedOnesAre() {
        Set<Role> judges = EnumSet.of(Role.APPROVER, Role.POLICY_APPROVER, Role.OPERATOR);
        int allowed = 0;
        for (int bits = 1; bits < 1 << Role.values().length; bits++) {
            int chosen = bits;
            Set<Role> roles = Arrays.stream(Role.values())
                    .filter(role -> (chosen >> role.ordinal() & 1) == 1)
                    .collect(Collectors.toSet());
            boolean adminBesideAnother = roles.contains(Role.ADMIN) && roles.size() > 1;
            boolean agentJudges = roles.contains(Role.AGENT) && roles.stream().anyMatch(judges::contains);
            assertThat(Role.conflicts(roles).isEmpty()).as("%s", roles).isEqualTo(!adminBesideAnother && !agentJudges);
            allowed += Role.conflicts(roles).isEmpty() ? 1 : 0;
        }
        // 31 without agent and admin, 4 with agent (alone, author, compliance, both), 1 admin.
        assertThat(allowed).isEqualTo(31 + 4 + 1);
    }
}
