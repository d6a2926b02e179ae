package io.leeway.evidence;

import io.leeway.evidence.ReplayResult.Agents;
import io.leeway.model.MatchedRule;
import io.leeway.model.Mode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What would have been stopped, had decisions been enforced that were only observed.
 *
 * @param decisions how many were observed
 * @param modes how many came to each mode; all three are there
 * @param held how many a stop held all the same; they are in none of what follows
 * @param stopped how many others an agent would not have carried out by itself
 * @param money their amounts by currency; what has no amount adds nothing
 * @param agents whose they are
 * @param erased how many of them have lost their record, so that nobody knows by which rows
 * @param rows by which rows, most decisions first
 */
public record ObservedReport(
        long decisions,
        Map<Mode, Long> modes,
        long held,
        long stopped,
        Map<String, BigDecimal> money,
        Agents agents,
        long erased,
        List<Row> rows) {
    public ObservedReport {
        rows = List.copyOf(rows);
    }

    /**
     * A row that would have stopped decisions, whatever else would have stopped them too.
     *
     * @param rule as the newest of them holds it, without conditions. {@code STAGE} and {@code STOP:<id>} have no source; where no row
     *     gave the authority, a reason code such as {@code NO_AUTHORITY} stands in its place. Null for the one row that sums up the rest
     *     when there are too many to tell apart
     * @param decisions how many
     * @param alone how many of them nothing else would have stopped: what would be gained without this row
     * @param modes how many came to each mode that is not autonomous
     * @param first when the oldest of them was decided
     * @param last when the newest was
     * @param samples ids of the newest of them
     */
    public record Row(
            @Nullable MatchedRule rule,
            long decisions,
            long alone,
            Map<Mode, Long> modes,
            Map<String, BigDecimal> money,
            Agents agents,
            Instant first,
            Instant last,
            List<UUID> samples) {
        public Row {
            samples = List.copyOf(samples);
        }
    }
}
