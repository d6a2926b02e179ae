package io.leeway.evidence;

import io.leeway.decision.DecisionEntry;
import io.leeway.evidence.ReplayResult.Agents;
import io.leeway.model.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** How many decisions have something in common, whose they are and what they are about, in bounded memory. Not thread-safe. */
final class DecisionCount {
    private static final int SHOWN = 5;

    private final AgentNumbers numbers;
    private final Map<String, BigDecimal> money = new TreeMap<>();
    private final BitSet agents = new BitSet();
    private final List<String> firstAgents = new ArrayList<>();
    private final List<UUID> samples = new ArrayList<>();
    private boolean moreAgents;
    private long decisions;

    /** @param numbers shared by all that are counted together */
    DecisionCount(AgentNumbers numbers) {
        this.numbers = numbers;
    }

    /** Agents seen so far, as numbers: at most {@link #MOST} are told apart. */
    static final class AgentNumbers {
        static final int MOST = 10_000;

        private final Map<String, Integer> numbers = new HashMap<>();

        /** -1 for one too many. */
        private int of(String agent) {
            Integer known = numbers.get(agent);
            if (known == null && numbers.size() < MOST) {
                known = numbers.size();
                numbers.put(agent, known);
            }
            return known == null ? -1 : known;
        }
    }

    void add(DecisionEntry decision) {
        decisions++;
        Money amount = decision.amount();
        if (amount != null) {
            money.merge(amount.currency(), amount.value(), BigDecimal::add);
        }
        if (samples.size() < SHOWN) {
            samples.add(decision.id());
        }
        int agent = numbers.of(decision.agent());
        if (agent < 0) {
            moreAgents = true;
        } else if (!agents.get(agent)) {
            agents.set(agent);
            if (firstAgents.size() < SHOWN) {
                firstAgents.add(decision.agent());
            }
        }
    }

    long decisions() {
        return decisions;
    }

    /** Amounts by currency. */
    Map<String, BigDecimal> money() {
        return new TreeMap<>(money);
    }

    Agents agents() {
        int known = agents.cardinality();
        return new Agents(moreAgents ? known + 1L : known, !moreAgents, firstAgents);
    }

    /** Ids of those that were added first. */
    List<UUID> samples() {
        return List.copyOf(samples);
    }
}
