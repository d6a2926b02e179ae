package io.leeway.policy.release;

import io.leeway.ledger.CanonicalJson;
import io.leeway.ledger.EntryDraft;
import io.leeway.ledger.EntryKind;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.model.Actor;
import io.leeway.model.Refusal;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.analysis.Comparison;
import io.leeway.policy.analysis.Comparison.Meaning;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.release.PolicyVersion.Approval;
import io.leeway.policy.release.PolicyVersion.State;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Map;

/**
 * How a version comes into force, or back into it: one entry, in one place of the total order, that moves the policy
 * generation. From there on no replica decides by another version.
 */
@ApplicationScoped
public class Activations {
    /** A version came into force; the entry answers that of its proposal. */
    public static final EntryKind ACTIVATION = new EntryKind("policy.activation");
    /** A version began, or ceased, to decide beside the active one without effect. */
    static final EntryKind SHADOW = new EntryKind("policy.shadow");

    private final PolicyVersions versions;
    private final CompiledVersions compiled;
    private final Approvals approvals;

    Activations(PolicyVersions versions, CompiledVersions compiled, Approvals approvals) {
        this.versions = versions;
        this.compiled = compiled;
        this.approvals = approvals;
    }

    /**
     * A return to a version that was active, thought through outside of the lane.
     *
     * @param digest of the version that it returns to
     * @param from digest of the version that is active
     * @param meaning who would get more leeway than now
     */
    public record Return(String version, String digest, String from, Meaning meaning) {}

    /**
     * What a call did.
     *
     * @param complete false when it was noted, and somebody else has to agree
     */
    public record Result(PolicyVersion version, boolean complete) {}

    /**
     * Makes sure that the version can decide here. Blocks for as long as compiling takes; call before {@link #activate}, so that
     * nobody waits for it.
     *
     * @throws Refusal {@code VERSION_NOT_FOUND}; {@code VERSION_HAS_ERRORS} when it does not compile
     */
    public PolicyVersion prepare(String name) throws SQLException {
        PolicyVersion version = versions.get(name);
        load(version);
        return version;
    }

    /**
     * Puts an approved version in force.
     *
     * @throws Refusal {@code VERSION_NOT_FOUND}, {@code ALREADY_ACTIVE}, {@code NOT_APPROVED}, {@code BASE_MOVED}, and what
     *     {@link Approvals#approve} says of obstacles
     */
    public PolicyVersion activate(LedgerTransaction tx, Actor actor, String name) throws SQLException {
        PolicyVersion version = approvals.find(tx, name);
        refuseActive(version);
        if (version.state() == State.RETIRED) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT,
                    "NOT_A_CANDIDATE",
                    "Version " + name + " was active before. Return to it by /v1/policies/rollback.");
        }
        if (version.baseGeneration() != tx.policyGeneration()) {
            throw Candidates.baseMoved();
        }
        String exception = version.approvals().stream()
                .map(Approval::coverageException)
                .filter(it -> !it.isEmpty())
                .findFirst()
                .orElse("");
        Approvals.refuseObstacles(version, exception);
        int lacking = version.approvalsNeeded() - Approvals.given(version, version.baseGeneration());
        if (lacking > 0) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT,
                    "NOT_APPROVED",
                    "Version " + name + " still needs the approval of " + lacking
                            + (lacking == 1 ? " person." : " people."));
        }
        putInForce(tx, actor, version, version.message());
        return approvals.find(tx, name);
    }

    /**
     * Finds out what a return to that version would mean. Blocks; call before {@link #rollBack}.
     *
     * @throws Refusal {@code VERSION_NOT_FOUND}, {@code ALREADY_ACTIVE}, {@code NEVER_ACTIVE}
     */
    public Return prepareReturn(String name) throws SQLException {
        PolicyVersion target = versions.get(name);
        refuseActive(target);
        if (target.state() != State.RETIRED) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT,
                    "NEVER_ACTIVE",
                    "Version " + name + " never was active, so nobody can return to it. Approve and activate it.");
        }
        PolicyVersion active =
                versions.active().orElseThrow(() -> new IllegalStateException("a version is retired, and none active"));
        Meaning meaning = sameRules(active, target)
                ? Comparison.of(load(active).tables(), load(target).tables()).meaning()
                : Meaning.UNPROVEN;
        load(target);
        return new Return(name, target.digest(), active.digest(), meaning);
    }

    /**
     * Puts a version in force that was before. One person is enough when nobody gets more leeway than now; otherwise the first
     * person's call is noted, and another one's completes it.
     *
     * @throws Refusal {@code BASE_MOVED} when another version became active since it was prepared; {@code OWN_VERSION}, {@code
     *     ALREADY_APPROVED}, {@code INVALID_APPROVAL} as for an approval
     */
    public Result rollBack(LedgerTransaction tx, Actor actor, Return back, String reason) throws SQLException {
        PolicyVersion version = approvals.find(tx, back.version());
        PolicyVersion active = versions.active(tx.connection()).orElseThrow(Candidates::baseMoved);
        if (!active.digest().equals(back.from()) || version.state() != State.RETIRED) {
            throw Candidates.baseMoved();
        }
        Approvals.mayApprove(version, actor);
        Approvals.checkTexts(reason, "", !PolicyVersion.isProvenNotLooser(back.meaning()));
        long generation = tx.policyGeneration();
        Approvals.refuseSecondTime(version, actor, generation);
        approvals.record(tx, actor, version, new Approval(actor.subject(), tx.now(), reason, "", generation));
        boolean complete = Approvals.given(version, generation) + 1 >= PolicyVersion.approvalsNeeded(back.meaning());
        if (complete) {
            putInForce(tx, actor, version, "Return to " + version.name() + (reason.isEmpty() ? "" : ": " + reason));
        }
        return new Result(approvals.find(tx, back.version()), complete);
    }

    /**
     * Lets a version decide beside the active one, without effect; or ends that.
     *
     * @throws Refusal {@code VERSION_NOT_FOUND}, {@code ALREADY_ACTIVE}, {@code VERSION_HAS_ERRORS}
     */
    public PolicyVersion shadow(LedgerTransaction tx, Actor actor, String name, boolean on) throws SQLException {
        PolicyVersion version = approvals.find(tx, name);
        refuseActive(version);
        if (on && version.obstacles().errors() > 0) {
            Approvals.refuseObstacles(version, "");
        }
        if (version.shadow() == on) {
            return version;
        }
        tx.append(EntryDraft.of(SHADOW, actor)
                .policy(version.digest())
                .ref(version.position())
                .facts(CanonicalJson.bytes(Map.of("version", name, "shadow", on))));
        versions.setShadow(tx, name, on);
        return approvals.find(tx, name);
    }

    /**
     * Puts a candidate in force that nobody has to look at.
     *
     * @return false when somebody does: it is not proven that nobody gets more leeway, something was found against it, or its
     *     base moved
     */
    boolean activateUnattended(LedgerTransaction tx, String name) throws SQLException {
        PolicyVersion version = approvals.find(tx, name);
        if (!needsNobody(version) || version.baseGeneration() != tx.policyGeneration()) {
            return false;
        }
        putInForce(tx, Actor.INSTALLATION, version, version.message());
        return true;
    }

    /** Whether nobody has to look at it as long as its base is active. */
    static boolean needsNobody(PolicyVersion version) {
        return version.state() == State.CANDIDATE
                && PolicyVersion.isProvenNotLooser(version.meaning())
                && version.obstacles().equals(PolicyVersion.Obstacles.NONE);
    }

    void putInForce(LedgerTransaction tx, Actor actor, PolicyVersion version, String message) throws SQLException {
        long generation = tx.movePolicyGeneration();
        EntryDraft draft = EntryDraft.of(ACTIVATION, actor)
                .policy(version.digest())
                .facts(CanonicalJson.bytes(
                        Map.of("version", version.name(), "message", message, "generation", generation)));
        // The first import is proposed by the very entry that puts it in force.
        tx.append(version.position() < tx.position() ? draft.ref(version.position()) : draft);
        versions.setActive(tx, version.name(), generation);
    }

    private CompiledPolicy load(PolicyVersion version) {
        return compiled.withDigest(version.digest())
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.CONFLICT,
                        "VERSION_HAS_ERRORS",
                        "Version " + version.name() + " cannot come into force: it does not compile."));
    }

    private boolean sameRules(PolicyVersion one, PolicyVersion other) throws SQLException {
        return PolicyFile.digestOfRules(versions.files(one.name()))
                .equals(PolicyFile.digestOfRules(versions.files(other.name())));
    }

    private static void refuseActive(PolicyVersion version) {
        if (version.state() == State.ACTIVE) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT, "ALREADY_ACTIVE", "Version " + version.name() + " is active already.");
        }
    }
}
