package io.leeway.policy.release;

import io.leeway.ledger.CanonicalJson;
import io.leeway.ledger.EntryDraft;
import io.leeway.ledger.EntryKind;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.model.Actor;
import io.leeway.model.PlainText;
import io.leeway.model.Refusal;
import io.leeway.model.Violation;
import io.leeway.policy.release.PolicyVersion.Approval;
import io.leeway.policy.release.PolicyVersion.Obstacles;
import io.leeway.policy.release.PolicyVersion.State;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose consent lets a version come into force. */
@ApplicationScoped
public class Approvals {
    /** One person consented; the entry answers that of the proposal. */
    static final EntryKind APPROVAL = new EntryKind("policy.approval");

    private static final int MAX_REASON = 2000;

    private final PolicyVersions versions;

    Approvals(PolicyVersions versions) {
        this.versions = versions;
    }

    /**
     * One person's consent that a candidate takes the place of its base. Counts for this version and this base only.
     *
     * @param reason required where somebody gets more leeway, or that is not proven; {@code ""} for none
     * @param coverageException why rows without a test are let pass; {@code ""} when they are not
     * @throws Refusal {@code VERSION_NOT_FOUND}; {@code OWN_VERSION} for its author; {@code ALREADY_APPROVED} for somebody who
     *     has; {@code NOT_A_CANDIDATE}, {@code BASE_MOVED}; {@code VERSION_HAS_ERRORS}, {@code GUARANTEE_BROKEN}, {@code
     *     TESTS_FAIL}, {@code COVERAGE_TOO_LOW} for what the check found; {@code INVALID_APPROVAL} on the texts
     */
    public PolicyVersion approve(
            LedgerTransaction tx, Actor actor, String name, String reason, String coverageException)
            throws SQLException {
        PolicyVersion version = find(tx, name);
        mayApprove(version, actor);
        if (version.state() != State.CANDIDATE && version.state() != State.APPROVED) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT,
                    "NOT_A_CANDIDATE",
                    "Version " + name + " is " + version.state() + ": there is nothing to approve.");
        }
        if (version.baseGeneration() != tx.policyGeneration()) {
            throw Candidates.baseMoved();
        }
        refuseObstacles(version, coverageException);
        checkTexts(reason, coverageException, !PolicyVersion.isProvenNotLooser(version.meaning()));
        refuseSecondTime(version, actor, version.baseGeneration());
        Approval approval =
                new Approval(actor.subject(), tx.now(), reason, coverageException, version.baseGeneration());
        record(tx, actor, version, approval);
        if (given(version, version.baseGeneration()) + 1 >= version.approvalsNeeded()
                && version.state() == State.CANDIDATE) {
            versions.setState(tx, name, State.APPROVED);
        }
        return find(tx, name);
    }

    /** Notes a consent; its judgement comes before. */
    void record(LedgerTransaction tx, Actor actor, PolicyVersion version, Approval approval) throws SQLException {
        tx.append(EntryDraft.of(APPROVAL, actor)
                .policy(version.digest())
                .ref(version.position())
                .facts(CanonicalJson.bytes(Map.of(
                        "version", version.name(),
                        "generation", approval.generation(),
                        "reason", approval.reason(),
                        "coverageException", approval.coverageException()))));
        versions.insert(tx, version.name(), approval);
    }

    /** How many people have consented that it takes the place of what is active under that generation. */
    static int given(PolicyVersion version, long generation) {
        return (int) version.approvals().stream()
                .filter(it -> it.generation() == generation)
                .count();
    }

    /** @throws Refusal {@code OWN_VERSION} */
    static void mayApprove(PolicyVersion version, Actor actor) {
        if (version.author().equals(actor.subject())) {
            throw new Refusal(
                    Refusal.Kind.FORBIDDEN,
                    "OWN_VERSION",
                    "`" + actor.subject() + "` is the author of version " + version.name()
                            + ". Somebody else has to approve it.");
        }
    }

    /** @throws Refusal {@code ALREADY_APPROVED} */
    static void refuseSecondTime(PolicyVersion version, Actor actor, long generation) {
        if (version.approvals().stream()
                .anyMatch(it -> it.generation() == generation && it.by().equals(actor.subject()))) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT,
                    "ALREADY_APPROVED",
                    "`" + actor.subject() + "` has already approved this. Each person counts once.");
        }
    }

    /** What the check found stands in the way of approval and of activation alike. */
    static void refuseObstacles(PolicyVersion version, String coverageException) {
        Obstacles obstacles = version.obstacles();
        if (obstacles.brokenGuarantees() > 0) {
            throw forbidden(
                    version,
                    "GUARANTEE_BROKEN",
                    obstacles.brokenGuarantees(),
                    "guarantee does",
                    "guarantees do",
                    " not hold");
        }
        if (obstacles.errors() > 0) {
            throw forbidden(
                    version, "VERSION_HAS_ERRORS", obstacles.errors(), "error was", "errors were", " found in it");
        }
        if (obstacles.failedTests() > 0) {
            throw forbidden(
                    version, "TESTS_FAIL", obstacles.failedTests(), "of its tests fails", "of its tests fail", "");
        }
        if (obstacles.uncovered() > 0 && coverageException.isEmpty()) {
            throw forbidden(
                    version,
                    "COVERAGE_TOO_LOW",
                    obstacles.uncovered(),
                    "grant or changed row has",
                    "grants or changed rows have",
                    " no test that matches; add tests, or give the reason as `coverageException`");
        }
    }

    private static Refusal forbidden(
            PolicyVersion version, String code, int count, String one, String many, String rest) {
        return new Refusal(
                Refusal.Kind.CONFLICT,
                code,
                "Version " + version.name() + " cannot come into force: " + count + " " + (count == 1 ? one : many)
                        + rest + ". See /v1/policies/" + version.name() + ".");
    }

    static void checkTexts(String reason, String coverageException, boolean reasonNeeded) {
        String fault = reason.isEmpty() && !reasonNeeded ? null : PlainText.fault(reason, MAX_REASON);
        if (fault != null) {
            throw invalid("/reason", fault + (reasonNeeded ? ": somebody gets more leeway, or nobody knows" : ""));
        }
        @Nullable String other = coverageException.isEmpty() ? null : PlainText.fault(coverageException, MAX_REASON);
        if (other != null) {
            throw invalid("/coverageException", other);
        }
    }

    private static Refusal invalid(String pointer, String fault) {
        return new Refusal(
                Refusal.Kind.INVALID,
                "INVALID_APPROVAL",
                "The approval breaks the contract.",
                List.of(new Violation(pointer, fault)));
    }

    PolicyVersion find(LedgerTransaction tx, String name) throws SQLException {
        return versions.find(tx.connection(), name).orElseThrow(() -> PolicyVersions.notFound(name));
    }
}
