package io.leeway.api.rest;

import io.leeway.api.json.BodyReader;
import io.leeway.api.json.Text;
import io.leeway.control.StageSetting;
import io.leeway.control.Stages;
import io.leeway.decision.Caller;
import io.leeway.decision.Lane;
import io.leeway.ledger.LedgerTime;
import io.leeway.model.Refusal;
import io.leeway.model.Stage;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How much agents have earned. */
@Path("/v1/stages")
@Produces(MediaType.APPLICATION_JSON)
class StageResource {
    private static final Pattern ENTITY_TAG = Pattern.compile("\"([0-9]{1,18})\"");
    /** The position of a setting that does not exist. */
    private static final long NONE = -1;
    /** No setting ever has it. */
    private static final long NEVER = -2;

    private final Lane lane;
    private final Stages stages;
    private final Callers callers;

    StageResource(Lane lane, Stages stages, Callers callers) {
        this.lane = lane;
        this.stages = stages;
        this.callers = callers;
    }

    @GET
    @Blocking
    @Operation(
            operationId = "listStage",
            summary = "List stages",
            description = "Settings, the last set first, ended ones too.")
    @Tag(name = "Control")
    @Parameter(
            name = "agent",
            in = ParameterIn.QUERY,
            description = "only this one",
            schema = @Schema(type = SchemaType.STRING))
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
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "StagePage")))
    public CompletionStage<Response> list(@Context UriInfo uri, @Context RoutingContext routing) {
        Query query = new Query(uri);
        String agent = query.text("agent");
        int limit = query.limit();
        long before = query.before();
        query.nothingElse();
        return callers.read(
                routing,
                reader -> Page.answer(
                        stages.list(agent, before, limit), limit, uri, StageSetting::position, StageView::of));
    }

    @GET
    @Path("/{agent}/{action}")
    @Blocking
    @Operation(
            operationId = "findStage",
            summary = "Read a stage",
            description = "The setting for exactly this agent and pattern.")
    @Tag(name = "Control")
    @APIResponse(
            responseCode = "200",
            description = "The setting; `ETag` is its position in the ledger",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = StageView.class)))
    public CompletionStage<Response> find(
            @PathParam("agent") String agent, @PathParam("action") String action, @Context RoutingContext routing) {
        return callers.read(
                routing,
                reader -> stages.find(agent, action).map(StageResource::answer).orElseThrow(StageResource::notFound));
    }

    private static Refusal notFound() {
        return new Refusal(
                Refusal.Kind.NOT_FOUND,
                "STAGE_NOT_FOUND",
                "Nothing is set for exactly this agent and these actions; a wider setting, or SUPERVISED, counts.");
    }

    @PUT
    @Path("/{agent}/{action}")
    @Consumes(MediaType.APPLICATION_JSON)
    @NonBlocking
    @Operation(
            operationId = "setStage",
            summary = "Set a stage",
            description =
                    "Replaces what was set for exactly this agent and pattern, and is marked as an override: it takes one person; by `/v1/stages/proposals` it takes two. `If-Match` takes the `ETag` that was read, `If-None-Match: *` asks that nothing was set.")
    @Tag(name = "Control")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "NewStage")))
    @APIResponse(
            responseCode = "200",
            description = "Set",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = StageView.class)))
    @APIResponse(
            responseCode = "412",
            description = "The present setting is another one",
            content = @Content(mediaType = "application/problem+json", schema = @Schema(ref = "Problem")))
    public CompletionStage<Response> set(
            @PathParam("agent") String agent,
            @PathParam("action") String action,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch,
            byte[] body,
            @Context RoutingContext routing) {
        Long expected = expected(ifMatch, ifNoneMatch);
        NewStage asked = BodyReader.read(body, "INVALID_STAGE", "The stage", (members, faults) -> {
            Stage stage = members.oneOf("stage", Stage.class);
            String reason = members.text("reason", Text.REASON);
            Instant until = members.time("until");
            return stage == null ? null : new NewStage(stage, reason, until);
        });
        Caller caller = callers.caller(routing);
        return lane.run(
                        caller,
                        tx -> stages.set(
                                tx,
                                caller.actor(),
                                agent,
                                action,
                                asked.stage(),
                                asked.reason(),
                                asked.until(),
                                expected))
                .thenApplyAsync(StageResource::answer, Proposals.eventLoop(routing));
    }

    private record NewStage(
            Stage stage, String reason, @Nullable Instant until) {}

    /**
     * The position that the present setting must have (RFC 9110 §13.1): null when any will do. A tag that this resource never
     * gave out matches nothing.
     */
    private static @Nullable Long expected(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifNoneMatch != null) {
            if (ifMatch != null || !ifNoneMatch.strip().equals("*")) {
                throw new Refusal(
                        Refusal.Kind.MALFORMED,
                        "INVALID_PRECONDITION",
                        "Here `If-None-Match` takes `*` only, and stands without `If-Match`.");
            }
            return NONE;
        }
        if (ifMatch == null) {
            return null;
        }
        if (ifMatch.contains(",") || ifMatch.strip().equals("*")) {
            throw new Refusal(
                    Refusal.Kind.MALFORMED,
                    "INVALID_PRECONDITION",
                    "`If-Match` takes the one `ETag` that you have read.");
        }
        Matcher tag = ENTITY_TAG.matcher(ifMatch.strip());
        return tag.matches() ? Long.parseLong(tag.group(1)) : NEVER;
    }

    private static Response answer(StageSetting setting) {
        return Response.ok(StageView.of(setting))
                .header("ETag", "\"" + setting.position() + "\"")
                .build();
    }

    @Schema(name = "StageSetting", description = "What an agent has earned for some action types.")
    record StageView(
            String agent,

            @Schema(description = "a type, a family `billing.*`, or `*`; the most specific one counts")
            String action,

            Stage stage,
            String reason,

            @Schema(description = "the one person, or the second one, who accepted")
            String setBy,

            @Schema(format = "date-time") String setAt,

            @Schema(
                    format = "date-time",
                    nullable = true,
                    description = "when it ends; from then on SUPERVISED counts in its place")
            @Nullable
            String until,

            @Schema(description = "whether one person set it, without a proposal that another accepted")
            boolean override,

            @Schema(nullable = true, description = "null for an override") @Nullable
            String proposedBy,

            StopResource.IndexView record) {
        static StageView of(StageSetting setting) {
            Instant until = setting.until();
            return new StageView(
                    setting.agent(),
                    setting.action(),
                    setting.stage(),
                    setting.reason(),
                    setting.setBy(),
                    LedgerTime.text(setting.setAt()),
                    until == null ? null : LedgerTime.text(until),
                    setting.isOverride(),
                    setting.proposedBy(),
                    new StopResource.IndexView(setting.position()));
        }
    }
}
