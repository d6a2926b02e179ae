package io.leeway.policy.proof;

import io.leeway.policy.PolicyTables;
import io.leeway.policy.ProposalDraft;
import io.leeway.policy.TestCase;
import io.leeway.policy.compile.CompiledPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The tests of a version, run: through the engine that decides, and the combination that makes the verdict. */
public record TestRun(List<TestResult> results) {
    public TestRun {
        results = List.copyOf(results);
    }

    /**
     * Runs all tests of the policy's own sheets.
     *
     * @param now the moment of tests that do not say theirs
     */
    public static TestRun of(CompiledPolicy policy, Instant now) {
        List<TestResult> results = new ArrayList<>();
        for (TestCase test : policy.tables().tests()) {
            results.add(run(policy, test, now));
        }
        return new TestRun(results);
    }

    private static TestResult run(CompiledPolicy policy, TestCase test, Instant now) {
        PolicyTables tables = policy.tables();
        ProposalDraft draft = ProposalDraft.blank(now);
        test.given().forEach(given -> draft.give(given.input(), given.value()));
        Trial trial = Trial.of(policy, draft.build(tables));
        return new TestResult(test, trial, new Judge(tables, test, trial).failures());
    }

    public boolean passed() {
        return results.stream().allMatch(TestResult::passed);
    }

    /** What was tried, in the order of the tests. */
    public List<Trial> trials() {
        return results.stream().map(TestResult::trial).toList();
    }
}
