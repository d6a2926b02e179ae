package io.leeway.evidence;

import io.leeway.decision.DecisionEntries;
import io.leeway.decision.DecisionEntry;
import io.leeway.decision.Reassessment;
import io.leeway.decision.RecordedFacts;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.Sql;
import io.leeway.model.Mode;
import io.leeway.model.Refusal;
import io.leeway.model.Verdict;
import io.leeway.policy.EvaluationException;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.release.CompiledVersions;
import io.leeway.policy.release.PolicyVersion;
import io.leeway.policy.release.PolicyVersions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets versions in shadow decide what was decided, within seconds, on the facts of the record: they see exactly what the
 * active version saw, and no caller waits for them. Their verdicts are kept beside the real ones and never answered.
 */
@ApplicationScoped
public class ShadowDecisions {
    private static final int PAGE = 256;

    private final Ledger ledger;
    private final DecisionEntries entries;
    private final PolicyVersions versions;
    private final CompiledVersions compiled;

    ShadowDecisions(Ledger ledger, DecisionEntries entries, PolicyVersions versions, CompiledVersions compiled) {
        this.ledger = ledger;
        this.entries = entries;
        this.versions = versions;
        this.compiled = compiled;
    }

    /**
     * What a version says of a decision.
     *
     * @param mode null where it cannot tell
     * @param rules that make the difference; none where there is none
     */
    private record Opinion(@Nullable Mode mode, List<String> rules) {
        static final Opinion NONE = new Opinion(null, List.of());
    }

    /** Takes in what was decided since the last call, for each version in shadow. Blocks. */
    public void follow() throws SQLException {
        for (PolicyVersion version : versions.inShadow()) {
            Optional<CompiledPolicy> policy = compiled.withDigest(version.digest());
            if (policy.isPresent()) {
                ledger.cursor(PolicyVersions.shadowCursor(version.name()))
                        .follow((connection, from, to) -> take(connection, version.name(), policy.get(), from, to));
            }
        }
    }

    private void take(Connection connection, String version, CompiledPolicy policy, long from, long to)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into shadow_verdict values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing")) {
            for (long start = from; start < to; start += PAGE) {
                for (DecisionEntry decision : entries.between(start, Math.min(to, start + PAGE))) {
                    Opinion opinion = of(decision, policy);
                    Mode mode = opinion.mode();
                    Sql.bind(
                            insert,
                            ledger.realm(),
                            version,
                            decision.position(),
                            decision.header().time("time"),
                            decision.mode().ordinal(),
                            mode == null ? null : mode.ordinal(),
                            opinion.rules().toArray(String[]::new));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
    }

    private static Opinion of(DecisionEntry decision, CompiledPolicy policy) {
        try {
            RecordedFacts facts = decision.facts();
            Verdict recorded = decision.verdict();
            if (facts == null || recorded == null) {
                return Opinion.NONE;
            }
            Verdict verdict = Reassessment.of(facts, policy);
            return new Opinion(
                    verdict.mode(),
                    verdict.directive() == recorded.directive()
                            ? List.of()
                            : Cause.of(recorded, verdict).rules().stream()
                                    .map(CausingRule::rule)
                                    .distinct()
                                    .toList());
        } catch (Refusal | EvaluationException | IllegalStateException e) {
            return Opinion.NONE;
        }
    }
}
