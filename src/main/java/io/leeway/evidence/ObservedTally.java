package io.leeway.evidence;

import io.leeway.decision.DecisionEntry;
import io.leeway.evidence.DecisionCount.AgentNumbers;
import io.leeway.evidence.ObservedReport.Row;
import io.leeway.model.Directive;
import io.leeway.model.MatchedRule;
import io.leeway.model.Mode;
import io.leeway.model.RuleSource;
import io.leeway.model.Verdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes observed decisions one by one, newest first, and keeps by which rows they would have been stopped. Not thread-safe. */
final class ObservedTally {
    /** Rows that are told apart: more than somebody reads. The rest is one row without a rule. */
    static final int MOST_ROWS = 500;

    private static final Key REST = new Key("", "", "", "");

    private final AgentNumbers agents = new AgentNumbers();
    private final Map<Mode, Long> modes = new EnumMap<>(Mode.class);
    private final DecisionCount stopped = new DecisionCount(agents);
    private final Map<Key, Counted> rows = new HashMap<>();
    private long decisions;
    private long held;
    private long erased;

    ObservedTally() {
        for (Mode mode : Mode.values()) {
            modes.put(mode, 0L);
        }
    }

    /** What makes it the same row in another version, wherever it stands there. */
    private record Key(String effect, String rule, String file, String sheet) {
        static Key of(MatchedRule rule) {
            RuleSource source = rule.source();
            return new Key(
                    rule.effect() + " " + rule.mode(),
                    rule.rule(),
                    source == null ? "" : source.file(),
                    source == null || source.sheet() == null ? "" : source.sheet());
        }
    }

    void add(DecisionEntry decision) {
        decisions++;
        modes.merge(decision.mode(), 1L, Long::sum);
        if (decision.directive() == Directive.HALT) {
            held++;
            return;
        }
        if (decision.mode() == Mode.AUTONOMOUS) {
            return;
        }
        stopped.add(decision);
        Verdict verdict = verdict(decision);
        if (verdict == null) {
            erased++;
            return;
        }
        List<MatchedRule> rules = StoppingRules.of(verdict);
        // Several may share the row of those that are not told apart.
        rules.stream().map(this::row).distinct().forEach(row -> row.add(decision, rules.size() == 1));
    }

    /** Null when it is gone, or damaged: one such record must not keep the others from being told of. */
    private static @Nullable Verdict verdict(DecisionEntry decision) {
        try {
            return decision.verdict();
        } catch (RuntimeException e) {
            return null;
        }
    }

    private Counted row(MatchedRule rule) {
        Key key = Key.of(rule);
        Counted known = rows.get(key);
        if (known != null) {
            return known;
        }
        boolean full = rows.size() >= MOST_ROWS;
        return rows.computeIfAbsent(full ? REST : key, it -> new Counted(full ? null : rule, agents));
    }

    ObservedReport report() {
        return new ObservedReport(
                decisions,
                new EnumMap<>(modes),
                held,
                stopped.decisions(),
                stopped.money(),
                stopped.agents(),
                erased,
                rows.entrySet().stream()
                        .sorted(Comparator.<Map.Entry<Key, Counted>, Boolean>comparing(
                                        it -> it.getKey().equals(REST))
                                .thenComparing(it -> -it.getValue().count.decisions())
                                .thenComparing(it -> it.getKey().rule())
                                .thenComparing(it -> it.getKey().toString()))
                        .map(it -> it.getValue().row())
                        .toList());
    }

    private static final class Counted {
        private final @Nullable MatchedRule rule;
        private final DecisionCount count;
        private final Map<Mode, Long> modes = new EnumMap<>(Mode.class);
        private Instant first = Instant.MAX;
        private Instant last = Instant.MIN;
        private long alone;

        Counted(@Nullable MatchedRule rule, AgentNumbers agents) {
            this.rule = rule;
            this.count = new DecisionCount(agents);
        }

        void add(DecisionEntry decision, boolean nothingElse) {
            count.add(decision);
            modes.merge(decision.mode(), 1L, Long::sum);
            alone += nothingElse ? 1 : 0;
            Instant time = decision.time();
            first = time.isBefore(first) ? time : first;
            last = time.isAfter(last) ? time : last;
        }

        Row row() {
            return new Row(
                    rule,
                    count.decisions(),
                    alone,
                    new EnumMap<>(modes),
                    count.money(),
                    count.agents(),
                    first,
                    last,
                    count.samples());
        }
    }
}
