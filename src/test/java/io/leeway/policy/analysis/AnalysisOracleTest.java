package io.leeway.policy.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.model.Effect;
import io.leeway.model.Mode;
import io.leeway.model.Proposal;
import io.leeway.policy.Condition;
import io.leeway.policy.Finding;
import io.leeway.policy.Guarantee;
import io.leeway.policy.PathType;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** On random small tables, everything that enumeration finds is reported, and nothing else is. */
class AnalysisOracleTest {
    private static final long SEED = 20_261_123;
    private static final int TABLES = Boolean.getBoolean("leeway.test.full") ? 2_000 : 200;

    private final Map<String, Integer> reported = new TreeMap<>();

    private int manyGaps;

    private int kept;

    @Test
    void enumerationFindsTheSame() throws Exception {
        for (int i = 0; i < TABLES; i++) {
            long seed = SEED + i;
            SmallWorld world = new SmallWorld(seed);
            try {
                compare(world.tables(), world.proposals());
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + "\n" + shown(world.tables()) + e.getMessage(), e);
            }
        }
        assertThat(reported.keySet())
                .as("the tables must have something of each")
                .contains(
                        "authority-gap",
                        "contradiction",
                        "evadable-safeguard",
                        "never-decisive",
                        "never-matches",
                        "overlap",
                        "skipped-value",
                        "broken-guarantee",
                        "vacuous-guarantee");
        assertThat(kept).as("guarantees that hold").isPositive();
        assertThat(manyGaps).as("tables with more gaps than are listed").isLessThan(TABLES / 10);
    }

    private void compare(PolicyTables tables, List<Proposal> proposals) throws Exception {
        Analysis analysis = Analysis.of(tables);
        analysis.findings().forEach(it -> reported.merge(it.code(), 1, Integer::sum));
        new WitnessCheck(tables).check(analysis);

        Map<Proposal, List<Row>> matches = new IdentityHashMap<>();
        proposals.forEach(it -> matches.put(it, Outcomes.matching(tables.rows(), it)));
        Set<Row> matched =
                matches.values().stream().flatMap(List::stream).collect(Collectors.toCollection(HashSet::new));

        Set<Row> never = new HashSet<>(tables.rows());
        never.removeAll(matched);
        assertThat(ids(about(analysis, "never-matches"))).as("never-matches").isEqualTo(ids(never));

        Set<Row> contradicted = about(analysis, "contradiction");
        Set<Row> contradictions = overridden(matched, matches);
        contradictions.addAll(sameButOverruled(matched, matches, contradicted));
        assertThat(ids(contradicted)).as("contradiction").isEqualTo(ids(contradictions));

        Set<Row> idle = idle(matched, matches);
        idle.removeAll(contradicted);
        idle.removeIf(row -> reservesOnly(row, matches));
        assertThat(ids(about(analysis, "never-decisive"))).as("never-decisive").isEqualTo(ids(idle));

        assertThat(overlapsOf(analysis)).as("overlap").isEqualTo(overlaps(matched, matches));
        assertThat(skippedOf(analysis)).as("skipped-value").isEqualTo(skipped(matched, proposals, matches));
        assertThat(ids(about(analysis, "evadable-safeguard")))
                .as("evadable-safeguard")
                .isEqualTo(ids(new Evasions(tables, matches).evadable()));
        guarantees(tables, analysis, matches);
        manyGaps += new GapOracle(tables).compare(matches) ? 0 : 1;
    }

    private void guarantees(PolicyTables tables, Analysis analysis, Map<Proposal, List<Row>> matches) {
        Set<String> broken = new TreeSet<>();
        Set<String> vacuous = new TreeSet<>();
        for (Guarantee guarantee : tables.guarantees()) {
            List<Proposal> about = matches.keySet().stream()
                    .filter(it -> guarantee.when().stream().allMatch(condition -> condition.holds(it)))
                    .toList();
            if (about.isEmpty()) {
                vacuous.add(guarantee.thenCell());
            } else if (about.stream()
                    .anyMatch(it ->
                            !Outcomes.of(matches.get(it), it.agent().earned()).keeps(guarantee.then()))) {
                broken.add(guarantee.thenCell());
            } else {
                kept++;
            }
        }
        assertThat(cells(analysis, "broken-guarantee")).as("broken-guarantee").isEqualTo(broken);
        assertThat(cells(analysis, "vacuous-guarantee"))
                .as("vacuous-guarantee")
                .isEqualTo(vacuous.stream().map(it -> it.replace('C', 'A')).collect(Collectors.toSet()));
        assertThat(cells(analysis, "unproven-guarantee")).isEmpty();
    }

    private static Set<String> cells(Analysis analysis, String code) {
        return analysis.findings().stream()
                .filter(it -> it.code().equals(code))
                .map(Finding::cell)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Row> overridden(Set<Row> matched, Map<Proposal, List<Row>> matches) {
        Set<Row> overridden = new HashSet<>();
        for (Row row : matched) {
            if (row.isAuthority() && row.outcome().mode() != Mode.HUMAN_IN_CONTROL) {
                overridden.add(row);
            }
        }
        matches.forEach((proposal, rows) -> {
            List<Row> safeguards = rows.stream().filter(it -> !it.isAuthority()).toList();
            Mode least = proposal.agent().earned().cap();
            for (Row safeguard : safeguards) {
                least = least.stricter(safeguard.outcome().mode());
            }
            Mode required = least;
            overridden.removeIf(row ->
                    rows.contains(row) && required.compareTo(row.outcome().mode()) <= 0);
        });
        return overridden;
    }

    /** Rows with literally the same conditions and life, overruled; and of those reported, all that match the same. */
    private static Set<Row> sameButOverruled(
            Set<Row> matched, Map<Proposal, List<Row>> matches, Set<Row> contradicted) {
        Set<Row> overruled = new HashSet<>();
        for (Row row : matched) {
            for (Row other : matched) {
                if (isOverruled(row, other)
                        && (sameText(row, other)
                                || contradicted.contains(row)
                                        && matches.values().stream()
                                                .allMatch(it -> it.contains(row) == it.contains(other)))) {
                    overruled.add(row);
                }
            }
        }
        return overruled;
    }

    private static boolean sameText(Row row, Row other) {
        return texts(row).equals(texts(other));
    }

    private static Set<String> texts(Row row) {
        Set<String> texts = row.conditions().stream()
                .map(it -> it.path().text() + it.operator() + it.limit())
                .collect(Collectors.toCollection(TreeSet::new));
        texts.add(row.effective() + " " + row.expires());
        return texts;
    }

    private static boolean isOverruled(Row row, Row other) {
        if (row.isAuthority() != other.isAuthority()) {
            return false;
        }
        int modes = row.outcome().mode().compareTo(other.outcome().mode());
        return row.isAuthority()
                ? modes > 0
                : modes < 0
                        || modes == 0
                                && row.outcome()
                                                .effect()
                                                .compareTo(other.outcome().effect())
                                        < 0;
    }

    private static Set<Row> idle(Set<Row> matched, Map<Proposal, List<Row>> matches) {
        Set<Row> idle = new HashSet<>(matched);
        matches.forEach((proposal, rows) -> {
            Outcomes all = Outcomes.of(rows, proposal.agent().earned());
            for (Row row : rows) {
                if (idle.contains(row)
                        && !all.equals(
                                Outcomes.without(row, rows, proposal.agent().earned()))) {
                    idle.remove(row);
                }
            }
        });
        return idle;
    }

    /** A safeguard that keeps for people what no grant gives away says so on purpose. */
    private static boolean reservesOnly(Row row, Map<Proposal, List<Row>> matches) {
        Row.Outcome outcome = row.outcome();
        return outcome.effect() == Effect.REQUIRE
                && outcome.mode() == Mode.HUMAN_IN_CONTROL
                && outcome.obligations().isEmpty()
                && outcome.approvers() == null
                && outcome.expires() == null
                && matches.values().stream()
                        .filter(rows -> rows.contains(row))
                        .flatMap(List::stream)
                        .noneMatch(it -> it.isAuthority() && it.outcome().mode() != Mode.HUMAN_IN_CONTROL);
    }

    private static Map<String, Set<String>> overlaps(Set<Row> matched, Map<Proposal, List<Row>> matches) {
        Map<String, Set<String>> overlaps = new TreeMap<>();
        for (List<Row> rows : matches.values()) {
            for (Row strict : rows) {
                for (Row lenient : rows) {
                    if (strict.isAuthority()
                            && lenient.isAuthority()
                            && lenient.outcome()
                                            .mode()
                                            .compareTo(strict.outcome().mode())
                                    < 0) {
                        overlaps.computeIfAbsent(strict.id(), it -> new TreeSet<>())
                                .add(lenient.id());
                    }
                }
            }
        }
        return overlaps;
    }

    private static Map<String, Set<String>> overlapsOf(Analysis analysis) {
        Map<String, Set<String>> overlaps = new TreeMap<>();
        for (Conclusion conclusion : analysis.conclusions()) {
            if (conclusion.finding().code().equals("overlap")) {
                List<Row> rows = conclusion.rows();
                overlaps.put(rows.get(0).id(), ids(new HashSet<>(rows.subList(1, rows.size()))));
            }
        }
        return overlaps;
    }

    /** The row that ends below, the path and the value. */
    private static Set<String> skipped(Set<Row> live, List<Proposal> proposals, Map<Proposal, List<Row>> matches) {
        Set<String> skipped = new TreeSet<>();
        Set<Condition> limits = live.stream()
                .flatMap(it -> it.conditions().stream())
                .filter(it -> it.path().type() == PathType.NUMBER)
                .collect(Collectors.toSet());
        for (Condition limit : limits) {
            List<Proposal> at = proposals.stream()
                    .filter(it -> limit.path().valueOf(it) instanceof BigDecimal number
                            && number.compareTo((BigDecimal) limit.limit()) == 0)
                    .toList();
            for (Row below : live) {
                for (Row above : live) {
                    if (below.isAuthority() == above.isAuthority()
                            && accepts(below, limit, true, false)
                            && accepts(above, limit, false, true)
                            && at.stream()
                                    .anyMatch(it -> elsewhere(below, limit, it)
                                            && elsewhere(above, limit, it)
                                            && matches.get(it).stream().noneMatch(row -> alike(row, below, above)))) {
                        skipped.add(key(below, limit.path().text(), (BigDecimal) limit.limit()));
                    }
                }
            }
        }
        return skipped;
    }

    private static boolean alike(Row row, Row below, Row above) {
        Mode one = below.outcome().mode();
        Mode other = above.outcome().mode();
        Mode mode = row.outcome().mode();
        return row.isAuthority() == below.isAuthority()
                && (row.isAuthority()
                        ? mode.compareTo(one.stricter(other)) <= 0
                        : mode.compareTo(one.moreLenient(other)) >= 0);
    }

    private static boolean accepts(Row row, Condition limit, boolean under, boolean over) {
        BigDecimal value = (BigDecimal) limit.limit();
        BigDecimal step = SmallWorld.HALF_STEPS.get(limit.path().text());
        return row.conditions().stream()
                        .anyMatch(it -> it.path().equals(limit.path()) && value.compareTo((BigDecimal) it.limit()) == 0)
                && accepts(row, limit, value.subtract(step)) == under
                && !accepts(row, limit, value)
                && accepts(row, limit, value.add(step)) == over;
    }

    private static boolean accepts(Row row, Condition limit, BigDecimal value) {
        return row.conditions().stream()
                .filter(it -> it.path().equals(limit.path()))
                .allMatch(it -> it.accepts(value));
    }

    private static boolean elsewhere(Row row, Condition limit, Proposal proposal) {
        return row.isLiveAt(proposal.now())
                && row.conditions().stream()
                        .filter(it -> !it.path().equals(limit.path()))
                        .allMatch(it -> it.holds(proposal));
    }

    private static Set<String> skippedOf(Analysis analysis) {
        Set<String> skipped = new TreeSet<>();
        for (Conclusion conclusion : analysis.conclusions()) {
            if (conclusion.finding().code().equals("skipped-value")) {
                String[] parts = conclusion.finding().message().split("`");
                skipped.add(key(conclusion.rows().get(0), parts[1], new BigDecimal(parts[3].replace(",", ""))));
            }
        }
        return skipped;
    }

    private static String key(Row row, String path, BigDecimal value) {
        return row.id() + " " + path + " " + value.stripTrailingZeros().toPlainString();
    }

    private static Set<Row> about(Analysis analysis, String code) {
        return analysis.conclusions().stream()
                .filter(it -> it.finding().code().equals(code))
                .map(it -> it.rows().get(0))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Set<String> ids(Set<Row> rows) {
        return rows.stream().map(Row::id).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String shown(PolicyTables tables) {
        Map<String, String> shown = new LinkedHashMap<>();
        List<String> actions = new ArrayList<>();
        tables.actions().values().forEach(it -> actions.add(it.toString()));
        for (Row row : tables.rows()) {
            shown.put(
                    row.id(),
                    row.conditions().stream()
                                    .map(it -> it.path() + " " + it.operator() + " " + it.limit())
                                    .toList()
                            + " " + row.outcome() + " " + row.effective() + ".." + row.expires());
        }
        return String.join("\n", actions) + "\n"
                + shown.entrySet().stream().map(Object::toString).collect(Collectors.joining("\n")) + "\n";
    }
}
