package io.leeway.console;

import io.leeway.decision.ActivityAhead;
import io.leeway.decision.Lane;
import io.leeway.model.Refusal;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.release.Activations;
import io.leeway.policy.release.Approvals;
import io.leeway.policy.release.CandidateReport;
import io.leeway.policy.release.PolicyChecks;
import io.leeway.policy.release.PolicyVersion;
import io.leeway.policy.release.PolicyVersions;
import io.leeway.policy.table.Excerpts;
import io.leeway.security.Principal;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** One policy version: what was found in it, what it changes, and bringing it into force. */
@Path(ConsoleGate.ROOT + "/policies/{version}")
@Produces(Pages.HTML)
class VersionPages {
    private static final Map<String, String> DONE = Map.of(
            "approved", "Your consent is noted.",
            "active", "The version is in force. No replica decides by another one.",
            "asked", "Your consent to the return is noted. Somebody else has to agree.");

    private final Pages pages;
    private final PolicyVersions versions;
    private final Approvals approvals;
    private final Activations activations;
    private final ActivityAhead activityAhead;
    private final PolicyChecks checks;
    private final Lane lane;
    private final Callers callers;

    VersionPages(
            Pages pages,
            PolicyVersions versions,
            Approvals approvals,
            Activations activations,
            ActivityAhead activityAhead,
            PolicyChecks checks,
            Lane lane,
            Callers callers) {
        this.pages = pages;
        this.versions = versions;
        this.approvals = approvals;
        this.activations = activations;
        this.activityAhead = activityAhead;
        this.checks = checks;
        this.lane = lane;
        this.callers = callers;
    }

    @GET
    @Blocking
    @May("GET /v1/policies/{version}")
    public CompletionStage<Response> version(
            @RestPath String version, @RestQuery @Nullable String done, @Context RoutingContext routing) {
        String note = done == null ? "" : DONE.getOrDefault(done, "");
        return pages.read(routing, reader -> page(reader, version, note, ""));
    }

    /** A file, byte for byte. */
    @GET
    @Path("/files/{file}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Blocking
    @May("GET /v1/policies/{version}/workbooks/{file}")
    public CompletionStage<Response> file(
            @RestPath String version, @RestPath String file, @Context RoutingContext routing) {
        return pages.download(
                routing,
                () -> versions.files(version).stream()
                        .filter(one -> one.name().equals(file))
                        .findFirst()
                        .orElseThrow(() -> new Refusal(
                                Refusal.Kind.NOT_FOUND, "FILE_NOT_FOUND", "The version has no file of that name.")));
    }

    @POST
    @Path("/approve")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Blocking
    @May("POST /v1/policies/{version}/approve")
    public CompletionStage<Response> approve(
            @RestPath String version,
            @RestForm @Nullable String reason,
            @RestForm @Nullable String coverageException,
            @Context RoutingContext routing) {
        Principal reader = Pages.reader(routing);
        return lane.run(
                        callers.caller(reader),
                        tx -> approvals.approve(tx, reader.actor(), version, text(reason), text(coverageException)))
                .thenApply(approved -> Pages.goTo("/console/policies/" + approved.name() + "?done=approved"))
                .exceptionallyCompose(failure -> refused(routing, version, failure));
    }

    @POST
    @Path("/activate")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Blocking
    @May("POST /v1/policies/{version}/activate")
    public CompletionStage<Response> activate(@RestPath String version, @Context RoutingContext routing) {
        Principal reader = Pages.reader(routing);
        return checks.run(() -> {
                    String digest = activations.prepare(version).digest();
                    activityAhead.gather(digest);
                    return digest;
                })
                .thenCompose(digest -> lane.run(callers.caller(reader), tx -> {
                    activityAhead.require(digest);
                    return activations.activate(tx, reader.actor(), version);
                }))
                .thenApply(active -> Pages.goTo("/console/policies/" + active.name() + "?done=active"))
                .exceptionallyCompose(failure -> refused(routing, version, failure));
    }

    @POST
    @Path("/return")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Blocking
    @May("POST /v1/policies/rollback")
    public CompletionStage<Response> goBack(
            @RestPath String version, @RestForm @Nullable String reason, @Context RoutingContext routing) {
        Principal reader = Pages.reader(routing);
        return checks.run(() -> {
                    Activations.Return back = activations.prepareReturn(version);
                    activityAhead.gather(back.digest());
                    return back;
                })
                .thenCompose(back -> lane.run(callers.caller(reader), tx -> {
                    activityAhead.require(back.digest());
                    return activations.rollBack(tx, reader.actor(), back, text(reason));
                }))
                .thenApply(result -> Pages.goTo("/console/policies/"
                        + result.version().name() + "?done=" + (result.complete() ? "active" : "asked")))
                .exceptionallyCompose(failure -> refused(routing, version, failure));
    }

    private CompletionStage<Response> refused(RoutingContext routing, String version, Throwable failure) {
        return Pages.cause(failure) instanceof Refusal refusal
                        && (refusal.kind() == Refusal.Kind.CONFLICT
                                || refusal.kind() == Refusal.Kind.INVALID
                                || refusal.code().equals("OWN_VERSION"))
                ? pages.answer(
                        routing,
                        refusal.kind() == Refusal.Kind.INVALID ? 422 : 409,
                        reader -> page(reader, version, "", String.join(" ", sentences(refusal))))
                : pages.failed(routing, failure);
    }

    private static List<String> sentences(Refusal refusal) {
        return refusal.violations().isEmpty()
                ? List.of(refusal.detail())
                : refusal.violations().stream()
                        .map(violation -> (violation.pointer().equals("/reason")
                                        ? "The reason "
                                        : "Why rows without a test pass ")
                                + violation.message() + ".")
                        .toList();
    }

    private TemplateInstance page(Principal reader, String name, String done, String fault) {
        try {
            PolicyVersion version = versions.get(name);
            List<PolicyFile> files = versions.files(name);
            String report = versions.report(name);
            boolean current = versions.active().map(PolicyVersion::name).equals(Optional.ofNullable(version.base()));
            return Templates.policy(
                    new Frame(name, Frame.POLICIES, reader),
                    new VersionView(
                            version,
                            VersionReport.read(report),
                            FindingGroup.of(CandidateReport.findings(report), new Excerpts(files)),
                            files.stream().map(PolicyFile::name).toList(),
                            current,
                            reader,
                            done,
                            fault));
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private static String text(@Nullable String sent) {
        return sent == null ? "" : sent.strip().replaceAll("\\s+", " ");
    }
}
