package io.leeway.policy.analysis;

import io.leeway.model.Proposal;
import io.leeway.policy.Finding;
import io.leeway.policy.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One finding of the analysis, with what it is about.
 *
 * @param rows those involved: first the one that the finding stands at, if it stands at one
 * @param witness a proposal, as the lane would show it to the rules, that shows the finding when it is evaluated; null when
 *     none can be made: the analysis was incomplete, or a row asks for what only recorded activity can show
 */
public record Conclusion(
        Finding finding, List<Row> rows, @Nullable Proposal witness) {
    public Conclusion {
        rows = List.copyOf(rows);
    }
}
