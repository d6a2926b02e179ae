package io.leeway.policy.analysis;

import io.leeway.model.Mode;
import io.leeway.model.Proposal;
import io.leeway.policy.Guarantee;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds that every proposal nobody speaks about lies in a region that is reported, and that no granted one does. */
record GapOracle(PolicyTables tables) {
    /** False where there are more gaps than are listed, so that missing ones cannot be told. */
    boolean compare(Map<Proposal, List<Row>> matches) {
        Space space = new Space(tables);
        Laws laws = new Laws(space);
        Report report = new Report(space);
        Inquiry inquiry = new Inquiry(space, laws, new Remainder(laws, Remainder.STEPS, Remainder.ALL_STEPS), report);
        List<Box> gaps = Gaps.report(inquiry, NeverMatching.live(inquiry));
        boolean whole = report.conclusions().stream()
                .noneMatch(it -> it.finding().code().equals("analysis-incomplete"));
        Map<String, Boolean> granted = new HashMap<>();
        Set<Row> grants = matches.values().stream()
                .flatMap(List::stream)
                .filter(Row::isAuthority)
                .collect(Collectors.toSet());
        matches.forEach((proposal, rows) -> {
            boolean inGap = gaps.stream().anyMatch(gap -> holds(space, gap, proposal));
            boolean isGranted = rows.stream().anyMatch(Row::isAuthority);
            boolean isReserved = rows.stream().anyMatch(it -> it.outcome().mode() == Mode.HUMAN_IN_CONTROL)
                    || tables.guarantees().stream()
                            .filter(it -> it.then().least() == Mode.HUMAN_IN_CONTROL)
                            .anyMatch(it -> it.when().stream().allMatch(condition -> condition.holds(proposal)));
            boolean asked = granted.computeIfAbsent(
                    proposal.action().type(), type -> !tables.actions().isEmpty() || someTakes(grants, type));
            if (whole && asked && !isGranted && !isReserved && !inGap) {
                throw new AssertionError("missed gap: " + proposal);
            }
            if (inGap && isGranted) {
                throw new AssertionError("no gap: " + proposal);
            }
        });
        return whole;
    }

    private static boolean someTakes(Set<Row> grants, String type) {
        return grants.stream()
                .anyMatch(row -> row.conditions().stream()
                        .filter(it -> it.path().text().equals("action.type"))
                        .allMatch(it -> it.accepts(type)));
    }

    /** By what the classes' samples answer, not by the values themselves. */
    private static boolean holds(Space space, Box box, Proposal proposal) {
        for (int i = 0; i < space.dimensions().size(); i++) {
            Dimension dimension = space.dimension(i);
            Object value = dimension.path().valueOf(proposal);
            int index = dimension.indexOf(value);
            for (int j = 0; index < 0 && j < dimension.classes().size(); j++) {
                index = sameAnswers(space, dimension, dimension.classes().get(j).sample(), value) ? j : -1;
            }
            if (index < 0 || !box.side(i).get(index)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameAnswers(Space space, Dimension dimension, Object sample, Object value) {
        return Stream.concat(
                        space.tables().rows().stream().map(Row::conditions),
                        space.tables().guarantees().stream().map(Guarantee::when))
                .flatMap(List::stream)
                .filter(it -> it.path().equals(dimension.path()))
                .allMatch(it -> it.accepts(sample) == it.accepts(value));
    }
}
