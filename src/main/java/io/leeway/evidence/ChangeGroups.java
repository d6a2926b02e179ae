package io.leeway.evidence;

import io.leeway.decision.DecisionEntry;
import io.leeway.evidence.DecisionCount.AgentNumbers;
import io.leeway.evidence.ReplayResult.Answer;
import io.leeway.evidence.ReplayResult.Change;
import io.leeway.model.Directive;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changed decisions by cause, in memory that does not grow with their number: what goes past a bound is still counted, but no
 * longer told apart. Not thread-safe.
 */
final class ChangeGroups {
    /** Causes that are told apart, each way: more than somebody reads. The rest is one group without rules. */
    static final int MOST_GROUPS = 200;

    private final Map<Key, Group> groups = new HashMap<>();
    private final AgentNumbers agents;

    /** @param agents shared by the groups of one replay */
    ChangeGroups(AgentNumbers agents) {
        this.agents = agents;
    }

    private record Key(Directive from, Directive to, List<String> rules) {}

    void add(DecisionEntry decision, Cause cause) {
        Key key = new Key(
                cause.from(),
                cause.to(),
                cause.rules().stream().map(CausingRule::key).toList());
        Group group = groups.get(key);
        if (group == null) {
            boolean full = groups.size() >= MOST_GROUPS;
            Key kept = full ? new Key(Directive.HALT, Directive.HALT, List.of()) : key;
            group = groups.computeIfAbsent(kept, it -> new Group(full ? null : cause, new DecisionCount(agents)));
        }
        group.count.add(decision);
    }

    /** Most decisions first, the rest last. */
    List<Change> changes() {
        return groups.entrySet().stream()
                .sorted(Comparator.<Map.Entry<Key, Group>, Boolean>comparing(
                                it -> it.getKey().rules().isEmpty())
                        .thenComparing(it -> -it.getValue().count.decisions())
                        .thenComparing(it -> it.getKey().from())
                        .thenComparing(it -> it.getKey().to())
                        .thenComparing(it -> String.join("\n", it.getKey().rules())))
                .map(it -> it.getValue().change())
                .toList();
    }

    private record Group(@Nullable Cause cause, DecisionCount count) {
        Change change() {
            return new Change(
                    cause == null ? null : answer(cause.from()),
                    cause == null ? null : answer(cause.to()),
                    cause == null ? List.of() : cause.rules(),
                    count.decisions(),
                    count.money(),
                    count.agents(),
                    count.samples());
        }

        private static Answer answer(Directive directive) {
            return new Answer(Cause.mode(directive), directive);
        }
    }
}
