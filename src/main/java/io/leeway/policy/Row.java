package io.leeway.policy;

import io.leeway.model.ApprovalRequirement;
import io.leeway.model.Effect;
import io.leeway.model.Mode;
import io.leeway.model.Obligation;
import io.leeway.model.RuleSource;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One data row of a decision table: when all its conditions hold, its outcome speaks.
 *
 * @param id unique in the version, {@code LIM-07}
 * @param sheet null for csv
 * @param number 1-based row in the sheet, which orders the answer
 * @param table title of its table
 * @param owner who answers for it
 * @param regulation what it implements, {@code ""} when not given
 * @param ticket where it was agreed, {@code ""} when not given
 * @param effective first day on which it counts; null for no bound
 * @param expires last day on which it counts; null for no bound
 * @param zone where those days begin and end; UTC in Drools sheets
 */
public record Row(
        String id,
        String file,
        @Nullable String sheet,
        int number,
        String range,
        String sha256,
        String table,
        String owner,
        String regulation,
        String ticket,
        List<Condition> conditions,
        Outcome outcome,
        @Nullable LocalDate effective,
        @Nullable LocalDate expires,
        ZoneId zone) {

    public Row {
        conditions = List.copyOf(conditions);
    }

    /** A row whose days are those of UTC. */
    public Row(
            String id,
            String file,
            @Nullable String sheet,
            int number,
            String range,
            String sha256,
            String table,
            String owner,
            String regulation,
            String ticket,
            List<Condition> conditions,
            Outcome outcome,
            @Nullable LocalDate effective,
            @Nullable LocalDate expires) {
        this(
                id,
                file,
                sheet,
                number,
                range,
                sha256,
                table,
                owner,
                regulation,
                ticket,
                conditions,
                outcome,
                effective,
                expires,
                ZoneOffset.UTC);
    }

    /**
     * What a row does when it matches.
     *
     * @param mode the mode granted or required; {@link Mode#HUMAN_IN_CONTROL} for {@link Effect#PROHIBIT}
     * @param because the sentence that people will read
     * @param approvers who must approve, null when the row names nobody
     * @param expires the longest life of an approval or permit, null for none
     */
    public record Outcome(
            Effect effect,
            Mode mode,
            String because,
            @Nullable ApprovalRequirement approvers,
            List<Obligation> obligations,
            @Nullable Duration expires) {
        public Outcome {
            obligations = List.copyOf(obligations);
        }
    }

    public boolean isAuthority() {
        return outcome.effect() == Effect.GRANT;
    }

    /** What it says, wherever it stands: equal for two rows that say the same. */
    public Map<String, Object> meaning() {
        boolean dated = effective != null || expires != null;
        return Map.of(
                "conditions",
                conditions.stream().map(Condition::meaning).collect(Collectors.toSet()),
                "outcome",
                outcome,
                "table",
                table,
                "words",
                List.of(owner, regulation, ticket),
                "days",
                effective + " " + expires,
                "zone",
                dated ? zone : "any");
    }

    /** Whether the row counts at that moment: first and last day included, in its zone. */
    public boolean isLiveAt(Instant moment) {
        LocalDate day = LocalDate.ofInstant(moment, zone);
        return (effective == null || !day.isBefore(effective)) && (expires == null || !day.isAfter(expires));
    }

    /** The file and sheet that it stands in, {@code billing.xlsx › Remit}. */
    public String document() {
        return file + (sheet == null ? "" : " › " + sheet);
    }

    /** Where it stands, {@code billing.xlsx › Remit › A12:F12}. */
    public String place() {
        return document() + " › " + range;
    }

    public RuleSource source() {
        return new RuleSource(file, sheet, range, sha256);
    }
}
