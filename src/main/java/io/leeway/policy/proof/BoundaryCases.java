package io.leeway.policy.proof;

import io.leeway.model.Evidence;
import io.leeway.model.Proposal;
import io.leeway.policy.Condition;
import io.leeway.policy.Path;
import io.leeway.policy.ProposalDraft;
import io.leeway.policy.Row;
import io.leeway.policy.TestCase;
import io.leeway.policy.TestInput;
import io.leeway.policy.compile.CompiledPolicy;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cases at the edges of limits that the tests leave out: for each limit of each row just below, at and just above, with
 * everything else such that the row hangs on that limit alone.
 */
public final class BoundaryCases {
    private final CompiledPolicy policy;
    private final List<Trial> trials;
    private final Instant now;
    private final Set<String> ids = new HashSet<>();
    private final Set<Map<TestInput, Object>> seen = new HashSet<>();
    private final List<BoundaryCase> missing = new ArrayList<>();

    private BoundaryCases(CompiledPolicy policy, TestRun run, Instant now) {
        this.policy = policy;
        this.now = now;
        this.trials = run.trials();
        run.results().forEach(result -> ids.add(result.test().id()));
    }

    /**
     * A case that no test tries.
     *
     * @param trial what the policy says of it today, for its owner to confirm
     */
    public record BoundaryCase(String id, Row row, Condition condition, Map<TestInput, Object> facts, Trial trial) {
        public BoundaryCase {
            facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        }
    }

    /**
     * What is missing, in the order of the rows; each case once, though several rows may share its limit.
     *
     * @param now the moment of the run
     */
    public static List<BoundaryCase> missing(CompiledPolicy policy, TestRun run, Instant now) {
        BoundaryCases cases = new BoundaryCases(policy, run, now);
        policy.tables().rows().forEach(cases::row);
        return List.copyOf(cases.missing);
    }

    private void row(Row row) {
        Map<TestInput, Object> facts = RowWitness.of(policy.tables(), row, now);
        if (facts == null) {
            return; // Conditions that exclude each other are for the analysis to report.
        }
        for (Condition condition : row.conditions()) {
            String currency = currency(facts);
            for (LimitPoint point : LimitPoint.of(condition, currency)) {
                if (trials.stream().noneMatch(trial -> tries(trial, row, condition, point))) {
                    propose(row, condition, point, facts);
                }
            }
        }
    }

    private static String currency(Map<TestInput, Object> facts) {
        for (Map.Entry<TestInput, Object> fact : facts.entrySet()) {
            if (fact.getKey().text().equals("action.currency")) {
                return String.valueOf(fact.getValue());
            }
        }
        return "";
    }

    /** Whether in the trial the row hung on this point. */
    private static boolean tries(Trial trial, Row row, Condition condition, LimitPoint point) {
        Proposal proposal = trial.proposal();
        BigDecimal actual = value(condition.path(), proposal);
        return trial.verdict() != null
                && actual != null
                && actual.compareTo(point.value()) == 0
                && row.isLiveAt(proposal.now())
                && row.conditions().stream()
                        .filter(other -> !other.path().equals(condition.path()))
                        .allMatch(other -> other.holds(proposal));
    }

    private static @Nullable BigDecimal value(Path path, Proposal proposal) {
        Path.EvidenceAge age = path.evidenceAge();
        if (age == null) {
            return path.valueOf(proposal) instanceof BigDecimal number ? number : null;
        }
        BigDecimal oldest = null;
        for (Evidence item : proposal.evidence().items()) {
            if (item.name().equals(age.evidence())) {
                BigDecimal seconds = proposal.evidence().ageSeconds(item);
                oldest = oldest == null ? seconds : oldest.max(seconds);
            }
        }
        return oldest;
    }

    private void propose(Row row, Condition condition, LimitPoint point, Map<TestInput, Object> facts) {
        Map<TestInput, Object> given = new LinkedHashMap<>(facts);
        given.put(point.input(), point.value());
        ProposalDraft draft = ProposalDraft.blank(now);
        given.forEach(draft::give);
        Proposal proposal = draft.build(policy.tables());
        Trial trial = Trial.of(policy, proposal);
        if (tries(trial, row, condition, point) && seen.add(given)) {
            missing.add(new BoundaryCase(id(row, condition, point), row, condition, given, trial));
        }
    }

    private String id(Row row, Condition condition, LimitPoint point) {
        String id =
                row.id() + "-" + condition.cell() + "-" + point.side().name().toLowerCase(Locale.ROOT);
        String free = id;
        for (int i = 2; !ids.add(free); i++) {
            free = id + "-" + i;
        }
        return free;
    }

    /** The headings under which the cases can be pasted: those of the first sheet of tests, and what they need besides. */
    public static List<String> headings(List<TestCase> tests, List<BoundaryCase> cases) {
        List<String> headings =
                new ArrayList<>(tests.isEmpty() ? List.of("Id") : tests.get(0).headings());
        List<String> expectations = tests.isEmpty() ? List.of("expect.mode", "expect.rows") : List.of();
        for (BoundaryCase one : cases) {
            for (TestInput input : one.facts().keySet()) {
                if (!headings.contains(input.text())) {
                    headings.add(input.text());
                }
            }
        }
        headings.addAll(expectations);
        return headings;
    }
}
