package io.leeway.policy.counterfactual;

import io.leeway.model.Effect;
import io.leeway.model.Mode;
import io.leeway.model.Proposal;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds every least set of fields that a caller could change for a less strict mode, with the nearest values that do.
 *
 * <p>Sets are tried from small to large, and a set that holds one already found is left out, so no part of a found set would
 * do. For each field a few values stand for all ({@link Field#choices}). A set is left out early only when no value of it
 * can make a grant match; whatever is found has been put to the engine. Limits that DRL rules hold themselves are not among
 * the values tried.
 */
public final class Counterfactuals {
    /** The most fields that one change may touch: nobody changes more for one action. */
    public static final int MOST_FIELDS = 4;

    private static final Comparator<Counterfactual> MOST_USEFUL = Comparator.comparing(Counterfactual::mode)
            .thenComparing(it -> it.changes().size());

    private final CompiledPolicy policy;
    private final PolicyTables tables;
    private final Proposal proposal;
    private final List<Row> rows;
    private final List<Field> fields;
    private final List<BitSet> found = new ArrayList<>();
    private final List<Counterfactual> results = new ArrayList<>();

    private Counterfactuals(CompiledPolicy policy, Proposal proposal) {
        this.policy = policy;
        this.tables = policy.tables();
        this.proposal = proposal;
        this.rows = tables.rows().stream().filter(this::couldMatch).toList();
        List<Field> all = new ArrayList<>(Fields.of(tables, proposal, rows));
        all.sort(Comparator.comparing(Field::kind).thenComparing(Field::name));
        this.fields = List.copyOf(all);
    }

    /**
     * The changes, most useful first: the least strict mode, then the fewest fields, then what is changed most readily.
     *
     * @param proposal with what is derived; stage and agent stay as they are
     */
    public static List<Counterfactual> of(CompiledPolicy policy, Proposal proposal) {
        Trial trial = Trial.of(policy, proposal);
        if (policy.tables().unlisted(proposal) != null) {
            return List.of();
        }
        return new Counterfactuals(policy, proposal).below(trial.mode());
    }

    private List<Counterfactual> below(Mode mode) {
        for (Mode target : Mode.values()) {
            if (target.compareTo(mode) < 0
                    && target.compareTo(proposal.agent().earned().cap()) >= 0) {
                for (int size = 1; size <= Math.min(MOST_FIELDS, fields.size()); size++) {
                    sets(target, new ArrayList<>(), 0, size);
                }
            }
        }
        results.sort(MOST_USEFUL);
        return List.copyOf(results);
    }

    /** Whether what nobody can change lets the row match. */
    private boolean couldMatch(Row row) {
        return row.isLiveAt(proposal.now())
                && row.conditions().stream().allMatch(it -> Fields.nameOf(it.path()) != null || it.holds(proposal));
    }

    private void sets(Mode target, List<Integer> set, int from, int size) {
        if (size == 0) {
            tryOut(target, set);
            return;
        }
        for (int i = from; i <= fields.size() - size; i++) {
            set.add(i);
            sets(target, set, i + 1, size - 1);
            set.remove(set.size() - 1);
        }
    }

    private void tryOut(Mode target, List<Integer> set) {
        BitSet bits = new BitSet();
        set.forEach(bits::set);
        if (found.stream().anyMatch(smaller -> isWithin(smaller, bits))) {
            return;
        }
        List<Field> changed = set.stream().map(fields::get).toList();
        Search search = new Search(target, changed);
        Counterfactual result = search.run();
        if (result != null) {
            found.add(bits);
            results.add(result);
        }
    }

    private static boolean isWithin(BitSet smaller, BitSet larger) {
        BitSet rest = (BitSet) smaller.clone();
        rest.andNot(larger);
        return rest.isEmpty();
    }

    /** Looks for values of some fields that bring the mode down to the target. */
    private final class Search {
        private final Mode target;
        private final List<Field> changed;
        private final List<Row> grants;
        private final List<Row> safeguards;
        private final List<Choice> chosen = new ArrayList<>();

        Search(Mode target, List<Field> changed) {
            this.target = target;
            this.changed = changed;
            this.grants = rows.stream()
                    .filter(row -> row.isAuthority() && row.outcome().mode().compareTo(target) <= 0)
                    .filter(this::dependsOnChangesOnly)
                    .toList();
            this.safeguards = rows.stream()
                    .filter(row -> row.outcome().effect() != Effect.GRANT)
                    .filter(row -> row.outcome().mode().compareTo(target) > 0)
                    .filter(this::dependsOnChangesOnly)
                    .toList();
        }

        /** Whether the row matches as soon as the conditions on changed fields hold. */
        private boolean dependsOnChangesOnly(Row row) {
            return row.conditions().stream().allMatch(it -> isOpen(it) || it.holds(proposal));
        }

        private boolean isOpen(Condition condition) {
            String name = Fields.nameOf(condition.path());
            return name != null
                    && changed.stream()
                            .anyMatch(field -> field.name().equals(name)
                                    || (name.isEmpty() && field.kind() == Field.Kind.EVIDENCE));
        }

        @Nullable
        Counterfactual run() {
            if (chosen.size() == changed.size()) {
                return leaf();
            }
            for (Choice choice : changed.get(chosen.size()).choices()) {
                chosen.add(choice);
                Counterfactual result = isHopeless() ? null : run();
                chosen.remove(chosen.size() - 1);
                if (result != null) {
                    return result;
                }
            }
            return null;
        }

        /** Whether, whatever is chosen next, no grant is left, or a safeguard is sure to match. */
        private boolean isHopeless() {
            return grants.stream().noneMatch(row -> holds(row, true))
                    || safeguards.stream().anyMatch(row -> holds(row, false));
        }

        /** @param open what to take for conditions that are not decided yet */
        private boolean holds(Row row, boolean open) {
            for (Condition condition : row.conditions()) {
                if (isOpen(condition)) {
                    Boolean known = known(condition);
                    if (known == null ? !open : !known) {
                        return false;
                    }
                }
            }
            return true;
        }

        private @Nullable Boolean known(Condition condition) {
            String name = Fields.nameOf(condition.path());
            for (int i = 0; i < chosen.size(); i++) {
                if (changed.get(i).name().equals(name)) {
                    return condition.holds(chosen.get(i).proposal());
                }
            }
            return null;
        }

        private @Nullable Counterfactual leaf() {
            ProposalDraft draft = ProposalDraft.of(proposal);
            chosen.forEach(choice -> choice.facts().forEach(draft::give));
            Proposal other = draft.build(tables);
            Trial trial = Trial.of(policy, other);
            if (trial.verdict() == null || trial.mode().compareTo(target) > 0) {
                return null;
            }
            List<Counterfactual.Change> changes = new ArrayList<>();
            for (int i = 0; i < changed.size(); i++) {
                changes.add(Changes.of(changed.get(i), chosen.get(i), rows, proposal, other));
            }
            return new Counterfactual(trial.mode(), changes, other);
        }
    }
}
