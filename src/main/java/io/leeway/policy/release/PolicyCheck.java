package io.leeway.policy.release;

import io.leeway.model.Proposal;
import io.leeway.policy.Finding;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.TestCase;
import io.leeway.policy.analysis.Analysis;
import io.leeway.policy.analysis.Conclusion;
import io.leeway.policy.check.FindingCode;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.proof.TestResult;
import io.leeway.policy.proof.TestResult.Failure;
import io.leeway.policy.proof.TestRun;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that can be said about the files of one version before it decides anything: what is wrong in cells, and once
 * nothing is, what the tables mean together, whether guarantees hold, and which tests fail.
 *
 * @param findings sorted
 * @param witnesses for findings that a proposal shows, that proposal with what is derived
 * @param tests none where the files cannot be read as a policy
 */
public record PolicyCheck(List<Finding> findings, Map<Finding, Proposal> witnesses, TestRun tests) {
    public PolicyCheck {
        findings = List.copyOf(findings);
        witnesses = Map.copyOf(witnesses);
    }

    /**
     * Checks the files.
     *
     * @param today in UTC; the day of reviews and expiries. Tests that do not say when run at its noon
     */
    public static PolicyCheck of(List<PolicyFile> files, LocalDate today) {
        return of(PolicyLoader.build("check", files, today));
    }

    /** Checks what was loaded; tests that do not say when run at the noon of its day. */
    static PolicyCheck of(PolicyLoader.Loaded loaded) {
        List<Finding> findings = new ArrayList<>(loaded.findings());
        Map<Finding, Proposal> witnesses = new HashMap<>();
        TestRun tests = new TestRun(List.of());
        CompiledPolicy policy = loaded.policy();
        if (policy != null) {
            for (Conclusion conclusion : Analysis.of(policy.tables()).conclusions()) {
                findings.add(conclusion.finding());
                if (conclusion.witness() != null) {
                    witnesses.put(conclusion.finding(), conclusion.witness());
                }
            }
            Instant noon = loaded.today().atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
            tests = TestRun.of(policy, noon);
            tests.results().forEach(result -> failures(result, findings, witnesses));
        }
        findings.sort(Finding.ORDER);
        return new PolicyCheck(findings, witnesses, tests);
    }

    private static void failures(TestResult result, List<Finding> findings, Map<Finding, Proposal> witnesses) {
        TestCase test = result.test();
        for (Failure failure : result.failures()) {
            String message = "test `" + test.id() + "` expected `" + failure.expected() + "`, got `" + failure.got()
                    + "`" + (failure.why().isEmpty() ? "" : ": " + String.join("; ", failure.why()));
            FindingCode code = FindingCode.FAILED_TEST;
            Finding finding = new Finding(
                    code.severity(), code.code(), test.file(), test.sheet(), failure.cell(), message, code.help());
            findings.add(finding);
            witnesses.put(finding, result.trial().proposal());
        }
    }

    /** Whether something is wrong beside tests that fail. */
    public boolean hasErrors() {
        return findings.stream().anyMatch(it -> it.isError() && !isFailedTest(it));
    }

    /** Whether a test fails. */
    public boolean hasFailedTests() {
        return findings.stream().anyMatch(PolicyCheck::isFailedTest);
    }

    private static boolean isFailedTest(Finding finding) {
        return finding.code().equals(FindingCode.FAILED_TEST.code());
    }
}
