package io.leeway.evidence;

import io.leeway.decision.DecisionEntry;
import io.leeway.evidence.ReplayResult.Agents;
import io.leeway.evidence.ReplayResult.Answer;
import io.leeway.evidence.ReplayResult.Change;
import io.leeway.model.Directive;
import io.leeway.model.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changed decisions by cause, in memory that does not grow with their number: what goes past a bound is still counted, but no
 * longer told apart. Not thread-safe.
 */
final class ChangeGroups {
    /** Causes that are told apart, each way: more than somebody reads. The rest is one group without rules. */
    static final int MOST_GROUPS = 200;

    /** Agents that are told apart, in all groups together. */
    static final int MOST_AGENTS = 10_000;

    private static final int SHOWN = 5;

    private final Map<Key, Group> groups = new HashMap<>();
    private final Map<String, Integer> agents;

    /** @param agents numbers of agents seen so far, shared by the groups of one replay */
    ChangeGroups(Map<String, Integer> agents) {
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
            group = groups.computeIfAbsent(kept, it -> new Group(full ? null : cause));
        }
        group.add(decision, number(decision.agent()));
    }

    /** -1 for one too many. */
    private int number(String agent) {
        Integer known = agents.get(agent);
        if (known == null && agents.size() < MOST_AGENTS) {
            known = agents.size();
            agents.put(agent, known);
        }
        return known == null ? -1 : known;
    }

    /** Most decisions first, the rest last. */
    List<Change> changes() {
        return groups.entrySet().stream()
                .sorted(Comparator.<Map.Entry<Key, Group>, Boolean>comparing(
                                it -> it.getKey().rules().isEmpty())
                        .thenComparing(it -> -it.getValue().decisions)
                        .thenComparing(it -> it.getKey().from())
                        .thenComparing(it -> it.getKey().to())
                        .thenComparing(it -> String.join("\n", it.getKey().rules())))
                .map(it -> it.getValue().change())
                .toList();
    }

    private static final class Group {
        private final @Nullable Cause cause;
        private final Map<String, BigDecimal> money = new TreeMap<>();
        private final BitSet agents = new BitSet();
        private final List<String> firstAgents = new ArrayList<>();
        private final List<UUID> samples = new ArrayList<>();
        private boolean moreAgents;
        private long decisions;

        Group(@Nullable Cause cause) {
            this.cause = cause;
        }

        void add(DecisionEntry decision, int agent) {
            decisions++;
            Money amount = decision.amount();
            if (amount != null) {
                money.merge(amount.currency(), amount.value(), BigDecimal::add);
            }
            if (samples.size() < SHOWN) {
                samples.add(decision.id());
            }
            if (agent < 0) {
                moreAgents = true;
            } else if (!agents.get(agent)) {
                agents.set(agent);
                if (firstAgents.size() < SHOWN) {
                    firstAgents.add(decision.agent());
                }
            }
        }

        Change change() {
            int known = agents.cardinality();
            return new Change(
                    cause == null ? null : answer(cause.from()),
                    cause == null ? null : answer(cause.to()),
                    cause == null ? List.of() : cause.rules(),
                    decisions,
                    new TreeMap<>(money),
                    new Agents(moreAgents ? known + 1L : known, !moreAgents, firstAgents),
                    samples);
        }

        private static Answer answer(Directive directive) {
            return new Answer(Cause.mode(directive), directive);
        }
    }
}
