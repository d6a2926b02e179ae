package io.leeway.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What somebody may be to Leeway. What a role allows stands in {@link Permissions}. */
public enum Role {
    AGENT,
    APPROVER,
    POLICY_AUTHOR,
    POLICY_APPROVER,
    OPERATOR,
    COMPLIANCE,
    ADMIN;

    /** Roles whose work is to judge or to hold agents: no agent may have one. */
    private static final List<Role> NEVER_WITH_AGENT = List.of(APPROVER, POLICY_APPROVER, OPERATOR);

    /** As it is spelled in JSON: {@code policy-author}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The role spelled so; empty when there is none. */
    public static Optional<Role> of(String wire) {
        return Stream.of(values()).filter(role -> role.wire().equals(wire)).findFirst();
    }

    /** What is wrong with one person or system holding all of these; empty when nothing is. */
    public static List<String> conflicts(Set<Role> roles) {
        List<String> conflicts = new ArrayList<>();
        if (roles.contains(ADMIN) && roles.size() > 1) {
            conflicts.add("`admin` stands alone: it gives out keys, so it may do nothing else");
        }
        if (roles.contains(AGENT)) {
            NEVER_WITH_AGENT.stream()
                    .filter(roles::contains)
                    .forEach(role -> conflicts.add(
                            "`agent` and `" + role.wire() + "` exclude each other: no agent judges or holds agents"));
        }
        return conflicts;
    }
}
