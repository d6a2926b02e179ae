package io.leeway.policy.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.policy.PolicyFile;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.compile.PolicyCompiler;
import io.leeway.policy.proof.BoundaryCases.BoundaryCase;
import io.leeway.policy.release.PolicyDirectory;
import io.leeway.policy.table.PolicyReader;
import io.leeway.policy.table.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundaryCasesTest {
    @Test
    void eachLimitIsTriedJustBelowAtAndJustAbove() {
        assertThat(lines(SmallPolicy.with()))
                .contains(
                        "REM-01-D8-below,billing.adjust,USD,499.99,1,0,Autonomous,\"REM-01, REM-02\"",
                        "REM-01-D8-at,billing.adjust,USD,500.00,1,0,Autonomous,\"REM-01, REM-02\"",
                        "REM-01-D8-above,billing.adjust,USD,500.01,1,0,Human in the loop,REM-02",
                        "SAFE-01-B15-below,billing.adjust,USD,500,0.79,0,Human in the loop,\"REM-01, REM-02, SAFE-01\"",
                        "SAFE-02-C16-at,billing.adjust,USD,500,1,900,Autonomous,\"REM-01, REM-02\"",
                        "SAFE-02-C16-above,billing.adjust,USD,500,1,901,Human in control,\"REM-01, REM-02, SAFE-02\"");
    }

    @Test
    void linesStandUnderTheSheetsOwnHeader() {
        CompiledPolicy policy = SmallPolicy.with("Tests", "Id | expect.mode | action.amount | agent.id");
        List<BoundaryCase> cases = cases(policy);
        List<String> headings = BoundaryCases.headings(policy.tables().tests(), cases);
        assertThat(headings).startsWith("Id");
        CompiledPolicy tested = SmallPolicy.with(
                "Tests",
                "Id | expect.mode | action.currency | action.amount | agent.id",
                "T-1 | Human in control | USD | 1 | a");
        assertThat(BoundaryCases.headings(tested.tables().tests(), cases))
                .startsWith("Id", "expect.mode", "action.currency", "action.amount", "agent.id", "action.type");
    }

    @Test
    void pastedTheyPassAndNothingIsMissingAnyMore() throws IOException {
        for (List<PolicyFile> files : List.of(
                PolicyDirectory.read(List.of(Path.of("src/test/resources/workbooks/drools-layout"))),
                List.of(new PolicyFile(
                        "remit.csv", Files.readAllBytes(Path.of("src/test/resources/cases/workbooks/remit.csv")))))) {
            List<PolicyFile> all = new ArrayList<>(files);
            List<BoundaryCase> cases = cases(compile(all));
            assertThat(cases).isNotEmpty();
            String csv = "Tests\n" + String.join("\n", TestLines.of(BoundaryCases.headings(List.of(), cases), cases));
            all.add(new PolicyFile("pasted.csv", csv.getBytes(StandardCharsets.UTF_8)));
            CompiledPolicy pasted = compile(all);
            TestRun run = TestRun.of(pasted, SmallPolicy.NOW);
            assertThat(run.results())
                    .hasSameSizeAs(cases)
                    .allSatisfy(result ->
                            assertThat(result.failures()).as(result.test().id()).isEmpty());
            assertThat(BoundaryCases.missing(pasted, run, SmallPolicy.NOW)).isEmpty();
        }
    }

    private static CompiledPolicy compile(List<PolicyFile> files) {
        Reading reading = PolicyReader.read(files, LocalDate.of(2026, 11, 22));
        assertThat(reading.tables()).as(() -> reading.findings().toString()).isNotNull();
        CompiledPolicy policy = PolicyCompiler.compile("test", "sha256:00", reading.tables(), List.of())
                .policy();
        assertThat(policy).isNotNull();
        return policy;
    }

    private static List<BoundaryCase> cases(CompiledPolicy policy) {
        return BoundaryCases.missing(policy, TestRun.of(policy, SmallPolicy.NOW), SmallPolicy.NOW);
    }

    private static List<String> lines(CompiledPolicy policy) {
        List<BoundaryCase> cases = cases(policy);
        return TestLines.of(BoundaryCases.headings(List.of(), cases), cases);
    }
}
