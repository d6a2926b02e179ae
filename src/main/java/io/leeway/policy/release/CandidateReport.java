package io.leeway.policy.release;

import io.leeway.ledger.CanonicalJson;
import io.leeway.ledger.JsonReader;
import io.leeway.ledger.JsonWriter;
import io.leeway.model.Proposal;
import io.leeway.policy.Finding;
import io.leeway.policy.Finding.Severity;
import io.leeway.policy.Guarantee;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import io.leeway.policy.check.FindingCode;
import io.leeway.policy.explain.ProposalJson;
import io.leeway.policy.proof.Coverage;
import io.leeway.policy.proof.Coverage.RowCoverage;
import io.leeway.policy.release.PolicyVersion.Obstacles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What can be said about a version before it decides anything, as it is kept with it.
 *
 * @param tables empty where the files cannot be read as a policy
 * @param changed ids of rows that the base lacks or has otherwise
 */
public record CandidateReport(PolicyCheck check, PolicyTables tables, Coverage coverage, Set<String> changed) {
    /** @param base the tables of the version that it is made against, none where none is active */
    static CandidateReport of(PolicyCheck check, PolicyTables tables, PolicyTables base) {
        return new CandidateReport(
                check, tables, Coverage.of(tables.rows(), check.tests().trials()), changed(tables, base));
    }

    private static Set<String> changed(PolicyTables tables, PolicyTables base) {
        Map<String, Row> before =
                base.rows().stream().collect(Collectors.toMap(Row::id, Function.identity(), (one, other) -> one));
        return tables.rows().stream()
                .filter(row -> isChanged(row, before.get(row.id())))
                .map(Row::id)
                .collect(Collectors.toSet());
    }

    private static boolean isChanged(Row row, @Nullable Row before) {
        return before == null || !row.meaning().equals(before.meaning());
    }

    /**
     * The findings of a kept report.
     *
     * @param json {@link #json}, or any object with the same member
     */
    public static List<Finding> findings(String json) {
        return JsonReader.object(json.getBytes(StandardCharsets.UTF_8))
                .objects(
                        "findings",
                        found -> new Finding(
                                Severity.valueOf(found.text("severity")),
                                found.text("code"),
                                found.text("file"),
                                found.optionalText("sheet"),
                                found.optionalText("cell"),
                                found.text("message"),
                                found.text("help")));
    }

    Obstacles obstacles() {
        return new Obstacles(
                (int) check.findings().stream()
                        .filter(it -> it.isError() && !isOf(it, FindingCode.FAILED_TEST))
                        .count(),
                (int) check.findings().stream()
                        .filter(it -> isOf(it, FindingCode.BROKEN_GUARANTEE))
                        .count(),
                (int) check.tests().results().stream()
                        .filter(it -> !it.passed())
                        .count(),
                (int) coverage.rows().stream().filter(this::isWanting).count());
    }

    /** Whether a test should match the row, and none does. */
    private boolean isWanting(RowCoverage row) {
        return !row.isCovered()
                && (row.row().isAuthority() || changed.contains(row.row().id()));
    }

    private static boolean isOf(Finding finding, FindingCode code) {
        return finding.code().equals(code.code());
    }

    /** {@code {"coverage":…,"findings":[…],"guarantees":[…],"tests":…}}, canonical. */
    String json() {
        JsonWriter out = JsonWriter.canonical(4096).beginObject();
        coverage(out.name("coverage"));
        out.name("findings").beginArray();
        check.findings().forEach(finding -> finding(out, finding));
        out.endArray().name("guarantees").beginArray();
        tables.guarantees().forEach(guarantee -> guarantee(out, guarantee));
        out.endArray().name("tests").beginObject();
        long failed =
                check.tests().results().stream().filter(it -> !it.passed()).count();
        out.name("failed").value(failed);
        out.name("passed").value(check.tests().results().size() - failed);
        return new String(out.endObject().endObject().toBytes(), StandardCharsets.UTF_8);
    }

    private void coverage(JsonWriter out) {
        out.beginObject();
        out.name("covered").value(coverage.covered());
        out.name("rows").value(coverage.rows().size());
        out.name("uncovered").beginArray();
        for (RowCoverage row : coverage.rows()) {
            if (!row.isCovered()) {
                out.beginObject();
                out.name("changed").value(changed.contains(row.row().id()));
                out.member("file", row.row().file());
                out.name("grant").value(row.row().isAuthority());
                out.member("range", row.row().range());
                out.member("rule", row.row().id());
                out.member("sheet", row.row().sheet());
                out.endObject();
            }
        }
        out.endArray().endObject();
    }

    private void finding(JsonWriter out, Finding finding) {
        out.beginObject();
        out.member("cell", finding.cell());
        out.member("code", finding.code());
        out.member("docs", finding.docs());
        out.member("file", finding.file());
        out.member("help", finding.help());
        out.member("message", finding.message());
        out.member("severity", finding.severity().name());
        out.member("sheet", finding.sheet());
        Proposal witness = check.witnesses().get(finding);
        if (witness != null) {
            out.name("witness").raw(CanonicalJson.bytes(ProposalJson.of(witness)));
        }
        out.endObject();
    }

    private void guarantee(JsonWriter out, Guarantee guarantee) {
        List<Finding> about = check.findings().stream()
                .filter(it -> it.file().equals(guarantee.file())
                        && guarantee.thenCell().equals(it.cell()))
                .toList();
        boolean broken = about.stream().anyMatch(it -> isOf(it, FindingCode.BROKEN_GUARANTEE));
        boolean unproven = about.stream().anyMatch(it -> isOf(it, FindingCode.UNPROVEN_GUARANTEE));
        out.beginObject();
        out.member("cell", guarantee.thenCell());
        out.member("file", guarantee.file());
        out.member("id", guarantee.id());
        out.member("sheet", guarantee.sheet());
        out.member("state", broken ? "BROKEN" : unproven ? "UNPROVEN" : "PROVEN");
        out.member("then", guarantee.then().words());
        out.endObject();
    }
}
