package io.leeway.policy.diff;

import io.leeway.ledger.CanonicalJson;
import io.leeway.model.Proposal;
import io.leeway.policy.Row;
import io.leeway.policy.explain.ProposalJson;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The diff of two versions as JSON: what {@code GET /v1/policies/{v}/diff} answers and {@code leeway diff --json} prints. */
final class DiffJson {
    private DiffJson() {}

    static byte[] bytes(VersionDiff diff) {
        Map<String, @Nullable Object> answer = new TreeMap<>();
        answer.put("cells", diff.cells().stream().map(DiffJson::cell).toList());
        answer.put("meaning", diff.meaning().name());
        answer.put("reason", diff.reason());
        answer.put("tables", diff.tables().stream().map(DiffJson::table).toList());
        answer.put("witnesses", diff.witnesses().stream().map(DiffJson::witness).toList());
        return CanonicalJson.bytes(answer);
    }

    private static Map<String, @Nullable Object> cell(CellChange change) {
        Map<String, @Nullable Object> cell = new TreeMap<>();
        cell.put("kind", change.kind().name());
        cell.put("file", change.file());
        cell.put("sheet", change.sheet());
        cell.put("cell", change.cell());
        cell.put("rule", change.rule());
        cell.put("column", change.column());
        cell.put("from", change.from());
        cell.put("to", change.to());
        cell.put("fields", change.fields().stream().map(DiffJson::field).toList());
        return cell;
    }

    private static Map<String, Object> field(CellChange.Field field) {
        return Map.of("column", field.column(), "text", field.text());
    }

    private static Map<String, Object> table(TableMeaning table) {
        return Map.of("file", table.file(), "meaning", table.meaning().name(), "table", table.table());
    }

    private static Map<String, @Nullable Object> witness(Witness witness) {
        Proposal proposal = witness.proposal();
        List<Map<String, @Nullable Object>> rows =
                witness.rows().stream().map(DiffJson::row).toList();
        Map<String, @Nullable Object> shown = new TreeMap<>();
        shown.put("change", witness.change().name());
        shown.put("message", witness.message());
        shown.put("rows", rows);
        shown.put("proposal", proposal == null ? null : ProposalJson.of(proposal));
        shown.put("now", proposal == null ? null : proposal.now().toString());
        shown.put("stage", proposal == null ? null : proposal.agent().stage());
        return shown;
    }

    private static Map<String, @Nullable Object> row(Row row) {
        Map<String, @Nullable Object> place = new TreeMap<>();
        place.put("rule", row.id());
        place.put("file", row.file());
        place.put("sheet", row.sheet());
        place.put("range", row.range());
        return place;
    }
}
