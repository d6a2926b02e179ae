package io.leeway.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leeway.model.Proposal;
import io.leeway.policy.Finding;
import io.leeway.policy.explain.ProposalJson;
import java.util.List;
import java.util.Map;

/** Findings for programs. */
final class FindingJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private FindingJson() {}

    /**
     * An array of objects: {@code severity, code, file, sheet, cell, message, help, docs}; absent places are null. Where a
     * proposal shows the finding, {@code witness} holds it.
     */
    static String array(List<Finding> findings, Map<Finding, Proposal> witnesses) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Finding finding : findings) {
            ObjectNode node = array.addObject()
                    .put("severity", finding.severity().name())
                    .put("code", finding.code())
                    .put("file", finding.file())
                    .put("sheet", finding.sheet())
                    .put("cell", finding.cell())
                    .put("message", finding.message())
                    .put("help", finding.help())
                    .put("docs", finding.docs());
            Proposal witness = witnesses.get(finding);
            if (witness != null) {
                node.putObject("witness")
                        .put("now", witness.now().toString())
                        .put("stage", witness.agent().stage())
                        .set("proposal", MAPPER.valueToTree(ProposalJson.of(witness)));
            }
        }
        return array.toPrettyString();
    }
}
