package io.leeway.policy.analysis;

import io.leeway.model.ApprovalRequirement;
import io.leeway.model.Directive;
import io.leeway.model.Mode;
import io.leeway.model.Obligation;
import io.leeway.model.Proposal;
import io.leeway.model.ReasonCode;
import io.leeway.policy.Combination;
import io.leeway.policy.EvaluationException;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.compile.PolicyCompiler;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Which leeway the engine gives, and whether it is more than another. */
public final class Leeway {
    private Leeway() {}

    /** The tables alone, compiled. */
    public static CompiledPolicy compiled(PolicyTables tables) {
        return Objects.requireNonNull(
                PolicyCompiler.compile("test", "sha256:00", tables, List.of()).policy());
    }

    /** As the lane combines it: what the version does not list is a person's. */
    public static Combination verdict(CompiledPolicy policy, Proposal proposal) throws EvaluationException {
        ReasonCode failure = policy.tables().unlisted(proposal);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        return Combination.of(
                policy.evaluate(proposal, deadline), proposal.agent().earned(), null, failure);
    }

    /** Whether it is a more lenient mode, no prohibition any more, or less that is asked beside the mode. */
    public static boolean isMore(Combination was, Combination is) {
        return isMoreLenient(was, is)
                || was.directive() == Directive.HALT && is.directive() != Directive.HALT
                || losesDuties(was, is);
    }

    static boolean isMoreLenient(Combination was, Combination is) {
        return is.mode().compareTo(was.mode()) < 0;
    }

    private static boolean losesDuties(Combination was, Combination is) {
        if (was.obligations().stream()
                .anyMatch(owed -> is.obligations().stream().noneMatch(it -> covers(it, owed)))) {
            return true;
        }
        // Approvals count at the stage that asks for them, whatever the stage of the witness.
        return is.mode() != Mode.HUMAN_IN_CONTROL
                && (was.outcomes().stream()
                                .map(Row.Outcome::approvers)
                                .filter(Objects::nonNull)
                                .anyMatch(asked -> is.outcomes().stream()
                                        .map(Row.Outcome::approvers)
                                        .noneMatch(it -> covers(it, asked)))
                        || isShorter(was.shortestLife(), is.shortestLife()));
    }

    private static boolean covers(Obligation is, Obligation was) {
        boolean samples = is.type().equals("sample") && was.type().equals("sample");
        return is.equals(was) || samples && new BigDecimal(is.value()).compareTo(new BigDecimal(was.value())) >= 0;
    }

    private static boolean covers(@Nullable ApprovalRequirement is, ApprovalRequirement was) {
        return is != null && is.group().equals(was.group()) && is.quorum() >= was.quorum();
    }

    private static boolean isShorter(@Nullable Duration one, @Nullable Duration other) {
        return one != null && (other == null || one.compareTo(other) < 0);
    }
}
