package io.leeway.policy.analysis;

import io.leeway.model.Mode;
import io.leeway.model.Proposal;
import io.leeway.policy.Condition;
import io.leeway.policy.Path;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import io.leeway.policy.Vocabulary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** Which safeguards can be evaded by leaving something out, by trying all proposals of a small world. */
final class Evasions {
    private final PolicyTables tables;
    private final Map<Proposal, List<Row>> matches;

    /** Something left out: which paths it is about, and whether a proposal is so. */
    private record Left(Predicate<Path> about, Predicate<Proposal> without) {}

    Evasions(PolicyTables tables, Map<Proposal, List<Row>> matches) {
        this.tables = tables;
        this.matches = matches;
    }

    Set<Row> evadable() {
        Set<Row> evadable = new HashSet<>();
        for (Row row : tables.rows()) {
            if (!row.isAuthority() && row.outcome().mode() != Mode.AUTONOMOUS) {
                for (Condition condition : row.conditions()) {
                    if (lefts(condition.path()).stream().anyMatch(left -> evades(row, left))) {
                        evadable.add(row);
                    }
                }
            }
        }
        return evadable;
    }

    private boolean evades(Row safeguard, Left left) {
        return matches.entrySet().stream().anyMatch(it -> {
            Proposal proposal = it.getKey();
            List<Row> matched = it.getValue();
            return left.without().test(proposal)
                    && safeguard.isLiveAt(proposal.now())
                    && safeguard.conditions().stream()
                            .filter(condition -> !left.about().test(condition.path()))
                            .allMatch(condition -> condition.holds(proposal))
                    && least(proposal, matched).compareTo(safeguard.outcome().mode()) < 0
                    && matched.stream()
                            .anyMatch(grant -> grant.isAuthority()
                                    && grant.outcome().mode() == Mode.AUTONOMOUS
                                    && meet(safeguard, grant, proposal.action().type()));
        });
    }

    private static Mode least(Proposal proposal, List<Row> matched) {
        Mode least = proposal.agent().earned().cap();
        for (Row row : matched) {
            least = row.isAuthority() ? least : least.stricter(row.outcome().mode());
        }
        return least;
    }

    private boolean meet(Row safeguard, Row grant, String type) {
        return matches.entrySet().stream()
                .anyMatch(it -> it.getKey().action().type().equals(type)
                        && it.getValue().contains(safeguard)
                        && it.getValue().contains(grant));
    }

    private List<Left> lefts(Path path) {
        String text = path.text();
        String attribute = Vocabulary.attributeOf(path);
        if (attribute != null) {
            return List.of(new Left(
                    path::equals, it -> !it.action().attributes().values().containsKey(attribute)));
        }
        if (text.equals("action.amount") || text.equals("action.currency")) {
            return List.of(new Left(
                    it -> it.text().equals("action.amount") || it.text().equals("action.currency"),
                    it -> it.action().money() == null));
        }
        if (text.equals("action.reversible")) {
            return List.of(new Left(path::equals, it -> it.action().reversible() == null));
        }
        if (text.equals("action.confidence")) {
            return List.of(new Left(path::equals, it -> it.action().confidence().signum() == 0));
        }
        if (text.equals("evidence.oldestSeconds")) {
            return List.of(new Left(
                    it -> it.text().startsWith("evidence."),
                    it -> it.evidence().items().isEmpty()));
        }
        if (!text.startsWith("evidence.") || text.equals("evidence.count")) {
            return List.of();
        }
        String name = Objects.requireNonNull(Vocabulary.call(text)).arguments().get(0);
        List<Left> lefts = new ArrayList<>();
        lefts.add(new Left(
                it -> it.text().contains("(\"" + name + "\"")
                        || it.text().equals("evidence.count")
                        || it.text().equals("evidence.oldestSeconds"),
                it -> asked().stream()
                        .filter(one -> one.text().contains("(\"" + name + "\""))
                        .allMatch(one -> List.of(true, "").contains(one.valueOf(it)))));
        if (text.startsWith("evidence.schema")) {
            lefts.add(new Left(path::equals, it -> "".equals(path.valueOf(it))));
        }
        return lefts;
    }

    private Set<Path> asked() {
        Set<Path> asked = new HashSet<>();
        tables.rows().forEach(row -> row.conditions().forEach(it -> asked.add(it.path())));
        tables.guarantees().forEach(one -> one.when().forEach(it -> asked.add(it.path())));
        return asked;
    }
}
