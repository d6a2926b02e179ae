package io.leeway.console;

import io.leeway.model.Evidence;
import io.leeway.model.Proposal;
import io.leeway.policy.Row;
import io.leeway.policy.diff.VersionDiff;
import io.leeway.policy.diff.Witness;
import io.leeway.policy.release.PolicyVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a version changes in another, as its page shows it.
 *
 * @param against name of the other
 */
record VersionDiffView(PolicyVersion version, String against, VersionDiff diff) {
    public List<ChangeGroup> changes() {
        return ChangeGroup.of(diff.cells());
    }

    /** Who gets more leeway. */
    public List<Example> more() {
        return examples(Witness.Change.MORE);
    }

    /** Who gets less. */
    public List<Example> less() {
        return examples(Witness.Change.LESS);
    }

    private List<Example> examples(Witness.Change change) {
        return diff.witnesses().stream()
                .filter(witness -> witness.change() == change)
                .map(Example::of)
                .toList();
    }

    /**
     * Somebody who gets more or less.
     *
     * @param rows that make it so, with their places
     * @param facts of one proposal, by name; empty when none can be made
     */
    record Example(String message, List<String> rows, Map<String, String> facts) {
        static Example of(Witness witness) {
            Proposal proposal = witness.proposal();
            return new Example(
                    witness.message(),
                    witness.rows().stream().map(Example::place).distinct().toList(),
                    proposal == null ? Map.of() : facts(proposal));
        }

        private static String place(Row row) {
            return "`" + row.id() + "` (" + row.place() + ")";
        }

        private static Map<String, String> facts(Proposal proposal) {
            Map<String, String> facts = new LinkedHashMap<>();
            facts.put("Type of action", proposal.action().type());
            facts.put("Amount", DecisionLine.text(proposal.action().money()));
            facts.put(
                    "Confidence",
                    proposal.action().statedConfidence() == null
                            ? ""
                            : proposal.action().statedConfidence().toPlainString());
            proposal.action().attributes().values().forEach((name, value) -> facts.put(name, value.toString()));
            facts.put(
                    "Agent",
                    proposal.agent().id() + ", " + Words.label(proposal.agent().earned()));
            facts.put(
                    "Subject",
                    proposal.subject().type() + " " + proposal.subject().id());
            facts.put(
                    "Evidence",
                    proposal.evidence().items().stream()
                            .map(item -> item.name() + seen(item))
                            .collect(Collectors.joining("; ")));
            facts.values().removeIf(String::isBlank);
            return facts;
        }

        private static String seen(Evidence item) {
            return item.observedAt() == null ? ", undated" : ", observed " + Words.shown(item.observedAt());
        }
    }
}
