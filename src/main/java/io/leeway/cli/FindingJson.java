package io.leeway.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.leeway.policy.Finding;
import java.util.List;

/** Findings for programs. */
final class FindingJson {
    private FindingJson() {}

    /** An array of objects: {@code severity, code, file, sheet, cell, message, help, docs}; absent places are null. */
    static String array(List<Finding> findings) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Finding finding : findings) {
            array.addObject()
                    .put("severity", finding.severity().name())
                    .put("code", finding.code())
                    .put("file", finding.file())
                    .put("sheet", finding.sheet())
                    .put("cell", finding.cell())
                    .put("message", finding.message())
                    .put("help", finding.help())
                    .put("docs", finding.docs());
        }
        return array.toPrettyString();
    }
}
