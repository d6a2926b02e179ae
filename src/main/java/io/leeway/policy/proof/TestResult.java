package io.leeway.policy.proof;

import io.leeway.policy.TestCase;
import java.util.List;

/**
 * What became of one test.
 *
 * @param failures by cell, from left to right; empty when it passed
 */
public record TestResult(TestCase test, Trial trial, List<Failure> failures) {
    public TestResult {
        failures = List.copyOf(failures);
    }

    /**
     * One cell that does not say what happened.
     *
     * @param why plain sentences: which row matched, which condition of which row did not hold, with cell and value
     */
    public record Failure(String cell, String expected, String got, List<String> why) {
        public Failure {
            why = List.copyOf(why);
        }
    }

    public boolean passed() {
        return failures.isEmpty();
    }
}
