package io.leeway.security;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An API key without its secret, which only its holder has.
 *
 * @param id public part of the key: 24 hexadecimal digits
 * @param name the person or system that it stands for, in the ledger and when two people are needed
 * @param groups whose approvals and hand-offs an approver answers
 * @param agents which agents an agent's key speaks for; empty for any
 * @param expiresAt exclusive
 * @param revokedAt null while it is not
 * @param position of the entry that made it
 * @param bootstrap whether it is the one of the first start, which ends when another admin key exists
 */
public record ApiKey(
        String id,
        String name,
        Set<Role> roles,
        List<String> groups,
        List<String> agents,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant revokedAt,
        long position,
        boolean bootstrap) {

    public ApiKey {
        roles = Set.copyOf(roles);
        groups = List.copyOf(groups);
        agents = List.copyOf(agents);
    }

    /** Neither revoked nor expired. */
    public boolean isLiveAt(Instant now) {
        return revokedAt == null && now.isBefore(expiresAt);
    }

    boolean isAdmin() {
        return roles.contains(Role.ADMIN);
    }
}
