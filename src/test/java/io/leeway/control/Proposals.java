package io.leeway.control;

import io.leeway.model.Action;
import io.leeway.model.Agent;
import io.leeway.model.Attributes;
import io.leeway.model.EvidenceSet;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.model.Subject;
import io.leeway.model.Trace;
import java.math.BigDecimal;
import java.util.List;

/** Proposals that stops look at. */
final class Proposals {
    private Proposals() {}

    static Proposal of(String agent, String action, String subjectType, String subjectId, String trace) {
        return new Proposal(
                new Action("a-1", action, "", null, null, null, Attributes.NONE, ""),
                new Agent(agent, "", "", Stage.SUPERVISED),
                new Subject(subjectType, subjectId),
                EvidenceSet.asSent(List.of()),
                new Trace(trace, "", "", BigDecimal.ZERO, BigDecimal.ZERO));
    }
}
