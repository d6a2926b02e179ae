package io.leeway.policy.counterfactual;

import io.leeway.model.Effect;
import io.leeway.model.Mode;
import io.leeway.model.Proposal;
import io.leeway.model.ReasonCode;
import io.leeway.model.Verdict;
import io.leeway.policy.Condition;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.ProposalDraft;
import io.leeway.policy.Row;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.counterfactual.Field.Choice;
import io.leeway.policy.proof.Trial;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tries sets of fields from small to large, for each less strict mode. A set of which a part was found already for as lenient
 * a mode is left out, so no part of a found set would do, wherever the search ends. For each field a few values stand for all ({@link Field#choices}). A set
 * is left out early only when no value of it can make a grant match; whatever is found has been put to the engine.
 */
final class Search {
    private static final Comparator<Counterfactual> MOST_USEFUL = Comparator.comparing(Counterfactual::mode)
            .thenComparing(it -> it.changes().size());

    private final CompiledPolicy policy;
    private final PolicyTables tables;
    private final Proposal proposal;
    private final Budget budget;
    private final FieldNames names = new FieldNames();
    private final List<Row> rows;
    private final List<Field> fields;
    private final List<OpenRow> open;
    private final List<Found> found = new ArrayList<>();

    /** A result, and the set of fields that it took. */
    private record Found(BitSet fields, Counterfactual counterfactual) {}

    Search(CompiledPolicy policy, Proposal proposal, Budget budget) {
        this.policy = policy;
        this.tables = policy.tables();
        this.proposal = proposal;
        this.budget = budget;
        budget.spend(tables.rows().size());
        this.rows = tables.rows().stream().filter(this::couldMatch).toList();
        List<Field> all = new ArrayList<>(Fields.of(tables, proposal, rows, names, budget));
        all.sort(Comparator.comparing(Field::kind).thenComparing(Field::name));
        this.fields = List.copyOf(all);
        Map<String, Integer> numbers = numbers();
        this.open = rows.stream()
                .filter(row ->
                        row.conditions().stream().allMatch(it -> it.holds(proposal) || number(numbers, it) != null))
                .map(row -> OpenRow.of(row, proposal, it -> number(numbers, it)))
                .toList();
    }

    private @Nullable Integer number(Map<String, Integer> numbers, Condition condition) {
        String name = names.of(condition.path());
        return name == null ? null : numbers.get(name);
    }

    /** Whether what nobody can change lets the row match. */
    private boolean couldMatch(Row row) {
        return row.isLiveAt(proposal.now())
                && row.conditions().stream().allMatch(it -> it.holds(proposal) || names.of(it.path()) != null);
    }

    private Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new HashMap<>();
        numbers.put(FieldNames.JOINT, OpenRow.JOINT);
        for (Field field : fields) {
            numbers.put(field.name(), numbers.size());
        }
        return numbers;
    }

    /** What gives a less strict mode than that. */
    List<Counterfactual> below(Mode mode) {
        for (int size = 1; size <= Math.min(Counterfactuals.MOST_FIELDS, fields.size()); size++) {
            for (Mode target : Mode.values()) {
                if (target.compareTo(mode) < 0
                        && target.compareTo(proposal.agent().earned().cap()) >= 0) {
                    sets(target, new ArrayList<>(), 1, size);
                }
            }
        }
        return found.stream().map(Found::counterfactual).sorted(MOST_USEFUL).toList();
    }

    /** Every set of that many further fields, from that number on. */
    private void sets(Mode target, List<Integer> set, int from, int size) {
        if (size == 0) {
            tryOut(target, set);
            return;
        }
        for (int i = from; i <= fields.size() - size + 1 && !budget.isSpent(); i++) {
            set.add(i);
            sets(target, set, i + 1, size - 1);
            set.remove(set.size() - 1);
        }
    }

    private void tryOut(Mode target, List<Integer> set) {
        BitSet numbers = new BitSet();
        set.forEach(numbers::set);
        boolean partWouldDo = found.stream()
                .anyMatch(it -> it.counterfactual().mode().compareTo(target) <= 0 && isPart(it.fields(), numbers));
        if (!partWouldDo && budget.spend(open.size())) {
            Counterfactual result = new Values(target, numbers).find();
            // A more lenient one was found when that was the target.
            if (result != null && result.mode() == target) {
                found.add(new Found(numbers, result));
            }
        }
    }

    private static boolean isPart(BitSet smaller, BitSet larger) {
        BitSet rest = (BitSet) smaller.clone();
        rest.andNot(larger);
        return rest.isEmpty() && !smaller.equals(larger);
    }

    /** Looks for values of some fields that bring the mode down to the target. */
    private final class Values {
        private final Mode target;
        private final List<Field> changed;
        private final List<Choice> chosen = new ArrayList<>();
        /** The chosen value by number of the field. */
        private final @Nullable Choice[] known = new Choice[fields.size() + 1];

        private final int[] numbers;
        private final BitSet changing;
        private final List<OpenRow> grants;
        private final List<OpenRow> safeguards;

        Values(Mode target, BitSet set) {
            this.target = target;
            this.numbers = set.stream().toArray();
            this.changed =
                    set.stream().mapToObj(number -> fields.get(number - 1)).toList();
            this.changing = (BitSet) set.clone();
            changing.set(OpenRow.JOINT, changed.stream().anyMatch(Field::isEvidence));
            this.grants = open.stream()
                    .filter(it ->
                            it.row().isAuthority() && it.row().outcome().mode().compareTo(target) <= 0)
                    .filter(it -> it.dependsOnlyOn(changing))
                    .toList();
            this.safeguards = open.stream()
                    .filter(it -> it.row().outcome().effect() != Effect.GRANT)
                    .filter(it -> it.row().outcome().mode().compareTo(target) > 0)
                    .filter(it -> it.dependsOnlyOn(changing))
                    .toList();
        }

        @Nullable
        Counterfactual find() {
            if (isHopeless()) {
                return null;
            }
            return chosen.size() == changed.size() ? evaluated() : next();
        }

        private @Nullable Counterfactual next() {
            int number = numbers[chosen.size()];
            for (Choice choice : fields.get(number - 1).choices()) {
                chosen.add(choice);
                known[number] = choice;
                Counterfactual result = find();
                known[number] = null;
                chosen.remove(chosen.size() - 1);
                if (result != null || budget.isSpent()) {
                    return result;
                }
            }
            return null;
        }

        /** Whether, whatever is chosen next, no grant is left, or a safeguard is sure to match. */
        private boolean isHopeless() {
            return !budget.spend(grants.size() + safeguards.size())
                    || grants.stream().noneMatch(row -> holds(row, true))
                    || safeguards.stream().anyMatch(row -> holds(row, false));
        }

        /** @param undecided what to take for conditions that are not decided yet */
        private boolean holds(OpenRow row, boolean undecided) {
            for (OpenRow.Asked asked : row.asked()) {
                if (changing.get(asked.field())) {
                    Choice choice = known[asked.field()];
                    if (choice == null ? !undecided : !asked.condition().holds(choice.proposal())) {
                        return false;
                    }
                }
            }
            return true;
        }

        private @Nullable Counterfactual evaluated() {
            if (!budget.spend(Budget.EVALUATION + (long) rows.size() * changed.size())) {
                return null;
            }
            ProposalDraft draft = ProposalDraft.of(proposal);
            chosen.forEach(choice -> choice.facts().forEach(draft::give));
            Proposal other = draft.build(tables);
            Trial trial = Trial.of(policy, other, budget.time());
            Verdict verdict = trial.verdict();
            if (verdict == null || trial.mode().compareTo(target) > 0) {
                if (verdict != null && verdict.reasonCodes().contains(ReasonCode.DEADLINE)) {
                    budget.end();
                }
                return null;
            }
            Changes changes = new Changes(names, rows, trial.mode(), proposal, other);
            return new Counterfactual(
                    trial.mode(), changed.stream().map(changes::of).toList(), other);
        }
    }
}
