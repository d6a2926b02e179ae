package io.leeway.policy.release;

import io.leeway.ledger.CanonicalJson;
import io.leeway.ledger.EntryDraft;
import io.leeway.ledger.EntryKind;
import io.leeway.ledger.Hashes;
import io.leeway.ledger.Ledger;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.model.Actor;
import io.leeway.model.PlainText;
import io.leeway.model.Refusal;
import io.leeway.model.Violation;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.analysis.Comparison;
import io.leeway.policy.analysis.Comparison.Meaning;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.release.PolicyVersion.State;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How a version comes to be: checked aside against the active one, then put into the ledger. */
@ApplicationScoped
public class Candidates {
    /** A version was proposed. */
    static final EntryKind PROPOSAL = new EntryKind("policy.proposal");

    private static final int MAX_MESSAGE = 2000;

    private final Ledger ledger;
    private final PolicyVersions versions;
    private final CompiledVersions compiled;
    private final ReleaseConfig config;

    Candidates(Ledger ledger, PolicyVersions versions, CompiledVersions compiled, ReleaseConfig config) {
        this.ledger = ledger;
        this.versions = versions;
        this.compiled = compiled;
        this.config = config;
    }

    /**
     * Lays the upload over the active version, and finds out all that can be said about the result. Keeps the files. Blocks,
     * for seconds where there are many rows; never inside the lane.
     *
     * @throws Refusal {@code INVALID_POLICY} when the upload as such cannot become a version; what is wrong inside its files is
     *     no reason to refuse
     */
    public Candidate check(Upload upload) throws SQLException {
        ActiveFiles base = activeFiles();
        return check(upload.onTopOf(base.files(), config.drlUpload()), base);
    }

    /** The same for a whole set of files, DRL included, as the installation's own directory has it. */
    Candidate checkWhole(List<PolicyFile> files) throws SQLException {
        return check(files, activeFiles());
    }

    /**
     * What is active.
     *
     * @param version null when nothing is
     */
    private record ActiveFiles(
            Ledger.Moment moment, @Nullable PolicyVersion version, List<PolicyFile> files) {}

    /** The generation first: if another version comes into force in between, it is that of none, and {@link #propose} refuses. */
    private ActiveFiles activeFiles() throws SQLException {
        Ledger.Moment moment = ledger.moment();
        PolicyVersion active = versions.active().orElse(null);
        return new ActiveFiles(moment, active, active == null ? List.of() : versions.files(active.name()));
    }

    private Candidate check(List<PolicyFile> files, ActiveFiles base) throws SQLException {
        PolicyVersion active = base.version();
        LocalDate today = LocalDate.ofInstant(base.moment().now(), ZoneOffset.UTC);
        PolicyTables baseTables = active == null
                ? PolicyTables.NONE
                : compiled.withDigest(active.digest())
                        .map(CompiledPolicy::tables)
                        .orElse(PolicyTables.NONE);
        PolicyLoader.Loaded loaded = PolicyLoader.build("candidate", files, today);
        CompiledPolicy policy = loaded.policy();
        PolicyTables tables = policy == null ? PolicyTables.NONE : policy.tables();
        CandidateReport report = CandidateReport.of(PolicyCheck.of(loaded), tables, baseTables);
        Meaning meaning =
                policy == null || !PolicyFile.digestOfRules(files).equals(PolicyFile.digestOfRules(base.files()))
                        ? Meaning.UNPROVEN
                        : Comparison.of(baseTables, tables).meaning();
        versions.keep(files);
        return new Candidate(
                files,
                active == null ? null : active.name(),
                base.moment().head().policyGeneration(),
                meaning,
                report.obstacles(),
                report.check().findings(),
                report.json());
    }

    /**
     * Puts a checked candidate into the ledger. It decides nothing yet.
     *
     * @throws Refusal {@code BASE_MOVED} when another version became active since the check; {@code INVALID_POLICY} on the
     *     message
     */
    public PolicyVersion propose(LedgerTransaction tx, Actor actor, Candidate candidate, String message)
            throws SQLException {
        String fault = PlainText.fault(message, MAX_MESSAGE);
        if (fault != null) {
            throw new Refusal(
                    Refusal.Kind.INVALID,
                    "INVALID_POLICY",
                    "A version needs a message that says what it is for.",
                    List.of(new Violation("/message", fault)));
        }
        if (tx.policyGeneration() != candidate.baseGeneration()) {
            throw baseMoved();
        }
        PolicyVersion version = new PolicyVersion(
                PolicyVersions.nextName(tx),
                candidate.digest(),
                State.CANDIDATE,
                actor.subject(),
                message,
                tx.now(),
                tx.position(),
                candidate.base(),
                candidate.baseGeneration(),
                null,
                false,
                candidate.meaning(),
                candidate.obstacles(),
                List.of());
        tx.append(EntryDraft.of(PROPOSAL, actor).policy(version.digest()).facts(facts(version, candidate)));
        versions.insert(tx, version, candidate.files(), candidate.report());
        return version;
    }

    /** The same, unless another replica has proposed the same files on the same base. */
    PolicyVersion proposeOnce(LedgerTransaction tx, Actor actor, Candidate candidate, String message)
            throws SQLException {
        Optional<PolicyVersion> present =
                versions.candidate(tx.connection(), candidate.digest(), candidate.baseGeneration());
        return present.isPresent() ? present.get() : propose(tx, actor, candidate, message);
    }

    static Refusal baseMoved() {
        return new Refusal(
                Refusal.Kind.CONFLICT,
                "BASE_MOVED",
                "Another version has become active since this one was checked against its base. Propose it again on top of"
                        + " that.");
    }

    private static byte[] facts(PolicyVersion version, Candidate candidate) {
        Map<String, Object> facts = new TreeMap<>(Map.of(
                "version", version.name(),
                "message", version.message(),
                "baseGeneration", version.baseGeneration(),
                "meaning", version.meaning().name(),
                "report", Hashes.prefixed(Hashes.sha256(candidate.report().getBytes(StandardCharsets.UTF_8)))));
        if (version.base() != null) {
            facts.put("base", version.base());
        }
        return CanonicalJson.bytes(facts);
    }
}
