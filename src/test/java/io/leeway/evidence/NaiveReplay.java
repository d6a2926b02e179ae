package io.leeway.evidence;

import io.leeway.decision.DecisionEntry;
import io.leeway.decision.RecordedFacts;
import io.leeway.decision.RecordedFacts.StopInScope;
import io.leeway.model.Directive;
import io.leeway.model.Effect;
import io.leeway.model.Mode;
import io.leeway.model.Proposal;
import io.leeway.model.StopLevel;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import io.leeway.policy.compile.NaiveRows;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A second reading of what a replay is: a loop over decisions and rows, which finds causes by trying what the answer would be with
 * a row more, or with other grants. For tables that declare nothing.
 */
final class NaiveReplay {
    /** {@code AUTONOMOUS HUMAN_IN_CONTROL} to the number of decisions. */
    final Map<String, Long> matrix = new TreeMap<>();

    /** {@code HALT HAND_OVER [RECORDED R-1, CANDIDATE R-2]} to decisions, money, agents. */
    final Map<String, String> changes = new TreeMap<>();

    final Map<String, BigDecimal> newlyAutonomous = new TreeMap<>();
    private final Map<String, List<DecisionEntry>> groups = new TreeMap<>();
    private final PolicyTables candidate;

    NaiveReplay(PolicyTables candidate) {
        this.candidate = candidate;
    }

    void add(DecisionEntry decision, PolicyTables own) {
        RecordedFacts facts = decision.facts();
        Proposal proposal = facts.proposal(own);
        List<Row> then = NaiveRows.matching(own.rows(), proposal);
        List<Row> now = NaiveRows.matching(candidate.rows(), proposal);
        int from = level(then, facts);
        int to = level(now, facts);
        matrix.merge(mode(from) + " " + mode(to), 1L, Long::sum);
        if (to == 0 && from > 0 && decision.amount() != null) {
            newlyAutonomous.merge(
                    decision.amount().currency(), decision.amount().value(), BigDecimal::add);
        }
        if (from != to) {
            List<String> rows = to < from ? cause(then, now, to, facts, true) : cause(now, then, from, facts, false);
            String key = Directive.values()[from] + " " + Directive.values()[to] + " " + rows;
            groups.computeIfAbsent(key, it -> new ArrayList<>()).add(decision);
        }
    }

    void finish() {
        groups.forEach((key, decisions) -> {
            Map<String, BigDecimal> money = new TreeMap<>();
            decisions.stream()
                    .filter(it -> it.amount() != null)
                    .forEach(it ->
                            money.merge(it.amount().currency(), it.amount().value(), BigDecimal::add));
            long agents =
                    decisions.stream().map(DecisionEntry::agent).distinct().count();
            changes.put(key, decisions.size() + " " + money + " " + agents);
        });
    }

    /** The rows of the stricter answer that alone would spoil the other one; and its grants, where those of the stricter do not do. */
    private static List<String> cause(
            List<Row> stricter, List<Row> lenient, int bar, RecordedFacts facts, boolean stricterIsRecorded) {
        List<String> recorded = new ArrayList<>();
        List<String> candidate = new ArrayList<>();
        for (Row row : stricter) {
            boolean spoils = level(with(lenient, row), facts) > bar;
            if (row.outcome().effect() != Effect.GRANT && spoils) {
                (stricterIsRecorded ? recorded : candidate).add(said(stricterIsRecorded, row));
            }
        }
        List<Row> safeguards = lenient.stream()
                .filter(row -> row.outcome().effect() != Effect.GRANT)
                .toList();
        List<Row> theirGrants = stricter.stream()
                .filter(row -> row.outcome().effect() == Effect.GRANT)
                .toList();
        boolean lacking =
                level(Stream.concat(safeguards.stream(), theirGrants.stream()).toList(), facts) > bar;
        for (Row row : lenient) {
            boolean does = level(with(safeguards, row), facts) <= bar;
            if (lacking && row.outcome().effect() == Effect.GRANT && does) {
                (stricterIsRecorded ? candidate : recorded).add(said(!stricterIsRecorded, row));
            }
        }
        return Stream.concat(recorded.stream(), candidate.stream()).toList();
    }

    private static String said(boolean recorded, Row row) {
        return (recorded ? "RECORDED " : "CANDIDATE ") + row.id() + " "
                + row.outcome().effect() + " " + row.outcome().mode();
    }

    private static List<Row> with(List<Row> rows, Row more) {
        return Stream.concat(rows.stream(), Stream.of(more)).toList();
    }

    /** 0 to 3, as {@link Directive}. */
    private static int level(List<Row> matched, RecordedFacts facts) {
        int authority = 2;
        int level = Math.max(0, 2 - Math.min(2, facts.stage().ordinal()));
        for (Row row : matched) {
            if (row.outcome().effect() == Effect.GRANT) {
                authority = Math.min(authority, row.outcome().mode().ordinal());
            } else {
                boolean prohibits = row.outcome().effect() == Effect.PROHIBIT;
                level = Math.max(level, prohibits ? 3 : row.outcome().mode().ordinal());
            }
        }
        for (StopInScope stop : facts.stops()) {
            level = Math.max(level, stop.level() == StopLevel.HALT ? 3 : 1);
        }
        return Math.max(level, authority);
    }

    private static Mode mode(int level) {
        return Mode.values()[Math.min(2, level)];
    }
}
