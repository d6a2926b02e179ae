package io.leeway.activity;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts ping-pong: agents that come back after another one has acted. Of A B A B, the second A and the second B come back; of A
 * A A nobody does, nor of A B C. Not thread-safe.
 */
final class Returns {
    private final Set<String> acted = new HashSet<>();
    private @Nullable String last;

    /** Takes in who acts next, oldest first. */
    boolean comesBack(String agent) {
        if (agent.equals(last)) {
            return false;
        }
        last = agent;
        return !acted.add(agent);
    }
}
