package io.leeway.security;

import io.leeway.model.Actor;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who calls.
 *
 * @param keyId the key that was presented
 * @param actor as it will stand in the ledger
 * @param groups whose approvals and hand-offs an approver answers
 * @param agents which agents an agent's key speaks for; empty for any
 */
public record Principal(String keyId, Actor actor, Set<Role> roles, Set<String> groups, Set<String> agents) {
    /** Roles that read the decisions of every agent. */
    private static final Set<Role> READERS =
            EnumSet.of(Role.POLICY_AUTHOR, Role.POLICY_APPROVER, Role.OPERATOR, Role.COMPLIANCE);

    public Principal {
        roles = Set.copyOf(roles);
        groups = Set.copyOf(groups);
        agents = Set.copyOf(agents);
    }

    static Principal of(ApiKey key) {
        return new Principal(
                key.id(),
                new Actor(Actor.LEEWAY, key.name()),
                key.roles(),
                Set.copyOf(key.groups()),
                Set.copyOf(key.agents()));
    }

    /** Whether a role allows the call; for which agent is another question. */
    public boolean may(Endpoint endpoint) {
        return Permissions.allows(roles, endpoint);
    }

    /** Whether it may propose, consume and report as this agent. */
    public boolean actsFor(String agent) {
        return roles.contains(Role.AGENT) && (agents.isEmpty() || agents.contains(agent));
    }

    /** Whether it may read this agent's decisions, and ask what would be decided for it. */
    public boolean sees(String agent) {
        return visibleAgents().map(visible -> visible.contains(agent)).orElse(true);
    }

    /** The only agents whose decisions it may read; empty when it may read all. What it may call at all is not asked here. */
    public Optional<Set<String>> visibleAgents() {
        boolean readsAll = roles.stream().anyMatch(READERS::contains);
        return readsAll || agents.isEmpty() ? Optional.empty() : Optional.of(agents);
    }
}
