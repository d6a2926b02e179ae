package io.leeway.api.rest;

import io.leeway.api.json.BodyReader;
import io.leeway.api.rest.ReplayView.JobView;
import io.leeway.decision.Decision.PolicyReference;
import io.leeway.evidence.ReplayJob;
import io.leeway.evidence.ReplayRange;
import io.leeway.evidence.ReplayResult;
import io.leeway.evidence.Replays;
import io.leeway.model.Refusal;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.release.CompiledVersions;
import io.leeway.policy.release.PolicyVersion;
import io.leeway.policy.release.PolicyVersions;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Recorded decisions under another version. */
@Path("/v1/policies/{version}/replay")
@Produces(MediaType.APPLICATION_JSON)
class ReplayResource {
    /** How long the caller waits for the result itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Replays replays;
    private final PolicyVersions versions;
    private final CompiledVersions compiled;
    private final Callers callers;

    ReplayResource(Replays replays, PolicyVersions versions, CompiledVersions compiled, Callers callers) {
        this.replays = replays;
        this.versions = versions;
        this.compiled = compiled;
        this.callers = callers;
    }

    @POST
    @Blocking
    @Operation(
            operationId = "replayPolicy",
            summary = "Replay recorded decisions under a version",
            description =
                    "What the version would have answered to decisions as they were recorded: facts, time, stage and stops of then, newest first. The result when it is there within 30 s, else where to ask for it. One replay runs at a time in each replica, and only the replica that runs it knows it.")
    @Tag(name = "Policy")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "NewReplay")))
    @APIResponse(
            responseCode = "200",
            description = "What came of it",
            headers =
                    @Header(
                            name = "Location",
                            description = "where to read it again",
                            schema = @Schema(type = SchemaType.STRING)),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ReplayView.class)))
    @APIResponse(
            responseCode = "202",
            description = "Still under way",
            headers =
                    @Header(
                            name = "Location",
                            description = "where to ask",
                            schema = @Schema(type = SchemaType.STRING)),
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = JobView.class)))
    @APIResponse(
            responseCode = "409",
            description = "The version does not compile, or somebody cancelled the replay",
            content = @Content(mediaType = "application/problem+json", schema = @Schema(ref = "Problem")))
    public CompletionStage<Response> replay(
            @PathParam("version") String version, byte[] body, @Context UriInfo uri, @Context RoutingContext routing) {
        new Query(uri).nothingElse();
        ReplayRange range = body.length == 0
                ? ReplayRange.ALL
                : BodyReader.read(body, "INVALID_REPLAY", "The replay", ReplayBody::read);
        return callers.query(routing, () -> start(version, range))
                .thenCompose(job -> job.over().completeOnTimeout(job, PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .thenApplyAsync(ReplayResource::answer, Proposals.eventLoop(routing));
    }

    private ReplayJob start(String name, ReplayRange range) throws SQLException {
        PolicyVersion version = versions.get(name);
        return replays.start(new PolicyReference(version.name(), version.digest()), () -> compiled(version), range);
    }

    /** @throws Refusal when it cannot decide anything */
    private CompiledPolicy compiled(PolicyVersion version) {
        return compiled.withDigest(version.digest())
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.CONFLICT,
                        "POLICY_DOES_NOT_COMPILE",
                        "The policy version " + version.name()
                                + " has errors, so it cannot decide anything. Its findings say what is wrong."))
                .named(version.name());
    }

    private static Response answer(ReplayJob job) {
        ReplayResult result = job.result();
        if (result != null) {
            return Response.ok(ReplayView.of(result)).location(place(job)).build();
        }
        if (job.state() == ReplayJob.State.CANCELLED) {
            throw new Refusal(Refusal.Kind.CONFLICT, "REPLAY_CANCELLED", "Somebody cancelled the replay.");
        }
        String failure = job.failure();
        if (failure != null) {
            throw new Refusal(Refusal.Kind.CONFLICT, "REPLAY_FAILED", failure);
        }
        return Response.accepted(JobView.of(job)).location(place(job)).build();
    }

    private static URI place(ReplayJob job) {
        return URI.create("/v1/policies/" + job.policy().version() + "/replays/" + job.id());
    }
}
