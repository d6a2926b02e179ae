package io.leeway.policy.compile;

import io.leeway.model.ActivityQuery;
import io.leeway.model.Evidence;
import io.leeway.model.PriorDecision;
import io.leeway.model.Proposal;
import io.leeway.policy.ActivityQuestions;
import io.leeway.policy.Evaluation;
import io.leeway.policy.EvaluationException;
import io.leeway.policy.PolicyTables;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;

/** One policy version, ready to evaluate proposals. Immutable, and safe for use by several threads at once. */
public final class CompiledPolicy implements AutoCloseable {
    /** How many matches there may be for each rule on average; a cross product of facts must not run away. */
    private static final long MATCHES_PER_RULE = 64;

    /** So many more for each guardrail where they look back: each prior decision with each of the others. */
    private static final long PAIRS = (long) ActivityQuery.MOST_PRIOR * ActivityQuery.MOST_PRIOR;

    private final String version;
    private final String digest;
    private final PolicyTables tables;
    private final Guardrails guardrails;
    private final KieBase base;
    private final EvidenceAges ages;
    private final Set<String> pathTexts;
    private final ActivityQuestions activityQuestions;
    private final long matchLimit;

    CompiledPolicy(String version, String digest, PolicyTables tables, Guardrails guardrails, KieBase base) {
        this.version = version;
        this.digest = digest;
        this.tables = tables;
        this.guardrails = guardrails;
        this.base = base;
        this.ages = new EvidenceAges(tables.rows(), guardrails.ages());
        this.pathTexts = PathTexts.of(tables, guardrails);
        this.activityQuestions = new ActivityQuestions(tables.rows(), guardrails.activity());
        this.matchLimit = (tables.rows().size() + guardrails.byName().size()) * MATCHES_PER_RULE
                + (guardrails.lookBack() ? guardrails.byName().size() * PAIRS : 0);
    }

    /** The name of the version. */
    public String version() {
        return version;
    }

    /** The same under another name. */
    public CompiledPolicy named(String name) {
        return new CompiledPolicy(name, digest, tables, guardrails, base);
    }

    /** The digest that addresses the version, {@code sha256:…}. */
    public String digest() {
        return digest;
    }

    /** The typed rows that this was compiled from. */
    public PolicyTables tables() {
        return tables;
    }

    /**
     * Evaluates one proposal in a session of its own.
     *
     * @param proposal as the lane sees it, with everything derived
     * @param deadlineNanos when to give up, in {@link System#nanoTime()} terms; checked between firings
     * @throws EvaluationException when the deadline has passed, a rule fails, or rules match far too often
     */
    public Evaluation evaluate(Proposal proposal, long deadlineNanos) throws EvaluationException {
        Firing firing = new Firing(guardrails.byName(), prior(proposal), matchLimit, deadlineNanos);
        FiredRows fired = new FiredRows();
        try {
            run(proposal, firing, fired);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            throw EvaluationException.failed(e);
        }
        if (firing.isLate()) {
            throw EvaluationException.deadline(new TimeoutException("evaluation of " + version));
        }
        if (firing.isOverLimit()) {
            throw EvaluationException.failed(
                    new IllegalStateException("more than " + matchLimit + " matches for one proposal"));
        }
        return new Evaluation(fired.in(tables.rows()), firing.guardrails());
    }

    private List<PriorDecision> prior(Proposal proposal) {
        return guardrails.lookBack()
                ? proposal.activity().of(ActivityQuery.PRIOR).decisions()
                : List.of();
    }

    private void run(Proposal proposal, Firing firing, FiredRows fired) {
        KieSession session = base.newKieSession();
        try {
            session.setGlobal(RowModel.FIRED, fired);
            if (!guardrails.isEmpty()) { // only they ask for single items
                for (Evidence item : proposal.evidence().items()) {
                    session.insert(item);
                }
                prior(proposal).forEach(session::insert);
            }
            session.insert(proposal);
            if (guardrails.isEmpty()) {
                // Rows fire once at most, and nothing that they do takes time: the end is soon enough to look at the
                // clock.
                session.fireAllRules();
            } else {
                session.fireAllRules(firing);
            }
        } finally {
            session.dispose();
        }
    }

    /**
     * When the passing of time alone may change what the rules say: the first moment, from {@code proposal.now()} up to
     * {@code until}, at or right after which a condition on the age of evidence turns, in either direction. A permit must
     * not be good at that moment any more.
     *
     * <p>Errs on the early side. Of a live row whose other conditions hold, the first of its age conditions that turns
     * counts, although others may keep the row from turning. Of DRL, every {@code staleAfter}, every comparison of an age
     * and every comparison of the clock counts, for any evidence it may mean, without a look at the rest of its rule.
     */
    public Optional<Instant> evidenceTurnsStale(Proposal proposal, Instant until) {
        return ages.firstTurn(proposal, until);
    }

    /**
     * Canonical texts of every path that a rule asks for, so that only what is needed has to be derived;
     * {@code trace.depth} and {@code trace.repeats} also when DRL mentions them.
     */
    public Set<String> pathTexts() {
        return pathTexts;
    }

    /** What its rows and guardrails ask of recent activity. */
    public ActivityQuestions activityQuestions() {
        return activityQuestions;
    }

    /** Evaluates some proposals made up from the rows, so that the first real one is not the slow one. */
    public void warmUp() {
        WarmUp.run(this);
    }

    /** Nothing is held beyond the object itself: evaluations dispose their sessions, compiling its modules. */
    @Override
    public void close() {}
}
