package io.leeway.api.rest;

import io.leeway.api.json.BodyReader;
import io.leeway.api.json.Text;
import io.leeway.decision.ActivityAhead;
import io.leeway.decision.Caller;
import io.leeway.decision.Lane;
import io.leeway.policy.release.Activations;
import io.leeway.policy.release.Approvals;
import io.leeway.policy.release.Candidate;
import io.leeway.policy.release.Candidates;
import io.leeway.policy.release.PolicyChecks;
import io.leeway.policy.release.PolicyVersion;
import io.leeway.policy.release.PolicyVersions;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/** Versions of the policy: from a changed workbook to what is in force, and back. */
@Path("/v1/policies")
@Produces(MediaType.APPLICATION_JSON)
class PolicyResource {
    private static final String INVALID = "INVALID_APPROVAL";
    private static final Text OPTIONAL_REASON = new Text(0, 2000, true);

    private final Lane lane;
    private final PolicyVersions versions;
    private final Candidates candidates;
    private final Approvals approvals;
    private final Activations activations;
    private final ActivityAhead activityAhead;
    private final PolicyChecks checks;
    private final Callers callers;

    PolicyResource(
            Lane lane,
            PolicyVersions versions,
            Candidates candidates,
            Approvals approvals,
            Activations activations,
            ActivityAhead activityAhead,
            PolicyChecks checks,
            Callers callers) {
        this.lane = lane;
        this.versions = versions;
        this.candidates = candidates;
        this.approvals = approvals;
        this.activations = activations;
        this.activityAhead = activityAhead;
        this.checks = checks;
        this.callers = callers;
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Blocking
    @Operation(
            operationId = "proposePolicy",
            summary = "Propose a version",
            description =
                    "Files take the place of those of the same name in the active version, or are added; `remove` names one to drop. Everything is checked and kept with the version; errors make a candidate that cannot be approved.")
    @Tag(name = "Policy")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.MULTIPART_FORM_DATA, schema = @Schema(ref = "PolicyUpload")))
    @APIResponse(
            responseCode = "201",
            description = "A candidate",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = VersionView.Checked.class)))
    public CompletionStage<Response> propose(MultipartFormDataInput form, @Context RoutingContext routing)
            throws IOException {
        PolicyUpload sent = PolicyUpload.read(form);
        Caller caller = callers.caller(routing);
        return checks.run(() -> candidates.check(sent.upload()))
                .thenCompose(candidate -> lane.run(
                                caller, tx -> candidates.propose(tx, caller.actor(), candidate, sent.message()))
                        .thenApplyAsync(version -> created(version, candidate), Proposals.eventLoop(routing)));
    }

    private static Response created(PolicyVersion version, Candidate candidate) {
        return Response.created(URI.create("/v1/policies/" + version.name()))
                .entity(VersionView.Checked.of(version, candidate.digests(), candidate.report()))
                .build();
    }

    @GET
    @Blocking
    @Operation(operationId = "listPolicies", summary = "List versions", description = "In every state, newest first.")
    @Tag(name = "Policy")
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "1 to 500, otherwise 50",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "cursor",
            in = ParameterIn.QUERY,
            description = "from `Link` with rel=next",
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "One page",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "PolicyPage")))
    public CompletionStage<Response> list(@Context UriInfo uri, @Context RoutingContext routing) {
        Query query = new Query(uri);
        int limit = query.limit();
        long before = query.before();
        query.nothingElse();
        return callers.query(
                routing,
                () -> Page.answer(versions.list(before, limit), limit, uri, PolicyVersion::position, VersionView::of));
    }

    @GET
    @Path("/{version}")
    @Blocking
    @Operation(operationId = "readPolicy", summary = "Read a version", description = "With all that its check found.")
    @Tag(name = "Policy")
    @APIResponse(
            responseCode = "200",
            description = "The version",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = VersionView.Checked.class)))
    public CompletionStage<VersionView.Checked> read(
            @PathParam("version") String name, @Context UriInfo uri, @Context RoutingContext routing) {
        new Query(uri).nothingElse();
        return callers.query(
                routing,
                () -> VersionView.Checked.of(versions.get(name), versions.digests(name), versions.report(name)));
    }

    @POST
    @Path("/{version}/approve")
    @Consumes(MediaType.APPLICATION_JSON)
    @Blocking
    @Operation(
            operationId = "approvePolicy",
            summary = "Approve a version",
            description =
                    "One person's consent, for this version on this base; never its author's. One is enough where it is proven that nobody gets more leeway, otherwise two, each with a reason.")
    @Tag(name = "Policy")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "NewPolicyApproval")))
    @APIResponse(
            responseCode = "200",
            description = "Noted; `state` says whether it is enough",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = VersionView.class)))
    @APIResponse(
            responseCode = "409",
            description = "Not by this person, not now, or not as it is",
            content = @Content(mediaType = "application/problem+json", schema = @Schema(ref = "Problem")))
    public CompletionStage<VersionView> approve(
            @PathParam("version") String name, byte[] body, @Context RoutingContext routing) {
        Consent consent = BodyReader.read(
                body,
                INVALID,
                "The approval",
                (members, faults) -> new Consent(
                        members.text("reason", OPTIONAL_REASON, ""),
                        members.text("coverageException", OPTIONAL_REASON, "")));
        Caller caller = callers.caller(routing);
        return lane.run(
                        caller,
                        tx -> approvals.approve(
                                tx, caller.actor(), name, consent.reason(), consent.coverageException()))
                .thenApplyAsync(VersionView::of, Proposals.eventLoop(routing));
    }

    @POST
    @Path("/{version}/activate")
    @Blocking
    @Operation(
            operationId = "activatePolicy",
            summary = "Put a version in force",
            description = "Answered once no replica decides by another version.")
    @Tag(name = "Policy")
    @APIResponse(
            responseCode = "200",
            description = "In force",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = VersionView.class)))
    @APIResponse(
            responseCode = "409",
            description = "Not approved, its base moved, or something was found against it",
            content = @Content(mediaType = "application/problem+json", schema = @Schema(ref = "Problem")))
    public CompletionStage<VersionView> activate(
            @PathParam("version") String name, byte[] body, @Context RoutingContext routing) {
        nothingIn(body);
        Caller caller = callers.caller(routing);
        return checks.run(() -> {
                    String digest = activations.prepare(name).digest();
                    activityAhead.gather(digest);
                    return digest;
                })
                .thenCompose(digest -> lane.run(caller, tx -> {
                    activityAhead.require(digest);
                    return activations.activate(tx, caller.actor(), name);
                }))
                .thenApplyAsync(VersionView::of, Proposals.eventLoop(routing));
    }

    @POST
    @Path("/{version}/shadow")
    @Blocking
    @Operation(
            operationId = "shadowPolicy",
            summary = "Let a version decide without effect",
            description =
                    "Beside the active one, on what is really proposed; its verdicts are kept and never answered.")
    @Tag(name = "Policy")
    @APIResponse(
            responseCode = "200",
            description = "In shadow",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = VersionView.class)))
    public CompletionStage<VersionView> shadow(
            @PathParam("version") String name, byte[] body, @Context RoutingContext routing) {
        nothingIn(body);
        return shadow(name, true, routing);
    }

    @DELETE
    @Path("/{version}/shadow")
    @Blocking
    @Operation(
            operationId = "endShadow",
            summary = "Take a version out of shadow",
            description = "What it has said so far is kept.")
    @Tag(name = "Policy")
    @APIResponse(
            responseCode = "200",
            description = "Out of it",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = VersionView.class)))
    public CompletionStage<VersionView> endShadow(@PathParam("version") String name, @Context RoutingContext routing) {
        return shadow(name, false, routing);
    }

    private CompletionStage<VersionView> shadow(String name, boolean on, RoutingContext routing) {
        Caller caller = callers.caller(routing);
        return lane.run(caller, tx -> activations.shadow(tx, caller.actor(), name, on))
                .thenApplyAsync(VersionView::of, Proposals.eventLoop(routing));
    }

    @POST
    @Path("/rollback")
    @Consumes(MediaType.APPLICATION_JSON)
    @Blocking
    @Operation(
            operationId = "rollBackPolicy",
            summary = "Return to a version",
            description =
                    "To one that was active. One person is enough where it is proven that nobody gets more leeway than now; otherwise the first call is noted, and another person's puts it in force.")
    @Tag(name = "Policy")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Rollback")))
    @APIResponse(
            responseCode = "200",
            description = "In force",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = VersionView.class)))
    @APIResponse(
            responseCode = "202",
            description = "Noted; somebody else must agree",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = VersionView.class)))
    @APIResponse(
            responseCode = "409",
            description = "Never active, active now, or the same person again",
            content = @Content(mediaType = "application/problem+json", schema = @Schema(ref = "Problem")))
    public CompletionStage<Response> rollBack(byte[] body, @Context RoutingContext routing) {
        Rollback asked = BodyReader.read(
                body,
                INVALID,
                "The rollback",
                (members, faults) ->
                        new Rollback(members.text("version", Text.NAME), members.text("reason", OPTIONAL_REASON, "")));
        Caller caller = callers.caller(routing);
        return checks.run(() -> {
                    Activations.Return back = activations.prepareReturn(asked.version());
                    activityAhead.gather(back.digest());
                    return back;
                })
                .thenCompose(back -> lane.run(caller, tx -> {
                    activityAhead.require(back.digest());
                    return activations.rollBack(tx, caller.actor(), back, asked.reason());
                }))
                .thenApplyAsync(
                        result -> Response.status(result.complete() ? 200 : 202)
                                .entity(VersionView.of(result.version()))
                                .build(),
                        Proposals.eventLoop(routing));
    }

    /** No body, or an empty object. */
    private static void nothingIn(byte[] body) {
        if (body.length > 0) {
            BodyReader.read(body, INVALID, "The call", (members, faults) -> true);
        }
    }

    private record Consent(String reason, String coverageException) {}

    private record Rollback(String version, String reason) {}
}
