package io.leeway.api.rest;

import io.leeway.api.json.BodyReader;
import io.leeway.api.json.Faults;
import io.leeway.api.json.Members;
import io.leeway.api.json.Scalars;
import io.leeway.api.json.Text;
import io.leeway.control.Stop;
import io.leeway.control.StopScope;
import io.leeway.control.Stops;
import io.leeway.decision.Caller;
import io.leeway.decision.Lane;
import io.leeway.ledger.LedgerTime;
import io.leeway.model.Refusal;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
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

/** Kill switches. */
@Path("/v1/stops")
@Produces(MediaType.APPLICATION_JSON)
class StopResource {
    private static final String INVALID = "INVALID_STOP";
    /** Long enough to be told by {@link StopScope} what is wrong with it. */
    private static final Text ANY_TEXT = new Text(0, 2000, false);

    private final Lane lane;
    private final Stops stops;
    private final Callers callers;

    StopResource(Lane lane, Stops stops, Callers callers) {
        this.lane = lane;
        this.stops = stops;
        this.callers = callers;
    }

    @GET
    @Blocking
    @Operation(operationId = "listStop", summary = "List stops", description = "In every state, newest first.")
    @Tag(name = "Control")
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
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "StopPage")))
    public CompletionStage<Response> list(@Context UriInfo uri, @Context RoutingContext routing) {
        Query query = new Query(uri);
        int limit = query.limit();
        long before = query.before();
        query.nothingElse();
        return callers.read(
                routing, reader -> Page.answer(stops.list(before, limit), limit, uri, Stop::position, StopView::of));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @NonBlocking
    @Operation(
            operationId = "placeStop",
            summary = "Place a stop",
            description = "Answered only once no replica can decide without it. Takes one person.")
    @Tag(name = "Control")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "NewStop")))
    @APIResponse(
            responseCode = "201",
            description = "Placed",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = StopView.class)))
    public CompletionStage<Response> place(byte[] body, @Context RoutingContext routing) {
        NewStop asked = BodyReader.read(body, INVALID, "The stop", StopResource::newStop);
        Caller caller = callers.caller(routing);
        return lane.run(caller, tx -> stops.place(tx, caller.actor(), asked.scope(), asked.reason()))
                .thenApplyAsync(
                        stop -> Response.created(URI.create("/v1/stops/" + stop.id()))
                                .entity(StopView.of(stop))
                                .build(),
                        Proposals.eventLoop(routing));
    }

    @POST
    @Path("/{id}/release")
    @Consumes(MediaType.APPLICATION_JSON)
    @NonBlocking
    @Operation(
            operationId = "releaseStop",
            summary = "Release a stop",
            description =
                    "Takes two people: the first call is noted, and the stop still holds; a call by somebody else releases it.")
    @Tag(name = "Control")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Release")))
    @APIResponse(
            responseCode = "200",
            description = "Released",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = StopView.class)))
    @APIResponse(
            responseCode = "202",
            description = "Noted; somebody else must agree",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = StopView.class)))
    @APIResponse(
            responseCode = "409",
            description = "Released already, or the same person again",
            content = @Content(mediaType = "application/problem+json", schema = @Schema(ref = "Problem")))
    public CompletionStage<Response> release(@PathParam("id") String id, byte[] body, @Context RoutingContext routing) {
        String reason =
                BodyReader.read(body, INVALID, "The release", (members, faults) -> members.text("reason", Text.REASON));
        UUID stop = Scalars.uuid(id);
        if (stop == null) {
            throw new Refusal(Refusal.Kind.NOT_FOUND, "STOP_NOT_FOUND", "There is no such stop.");
        }
        Caller caller = callers.caller(routing);
        return lane.run(caller, tx -> stops.release(tx, caller.actor(), stop, reason))
                .thenApplyAsync(
                        release -> Response.status(release.complete() ? 200 : 202)
                                .entity(StopView.of(release.stop()))
                                .build(),
                        Proposals.eventLoop(routing));
    }

    private record NewStop(StopScope scope, String reason) {}

    private static @Nullable NewStop newStop(Members body, Faults faults) {
        String reason = body.text("reason", Text.REASON);
        StopScope scope = null;
        if (body.required("scope")) {
            Faults inScope = new Faults();
            Members sent = Members.of(body.value("scope"), "/scope", inScope);
            String kind = sent.text("kind", ANY_TEXT, "");
            String value = sent.text("value", ANY_TEXT, "");
            if (inScope.isEmpty()) {
                inScope.addAll(StopScope.violations(kind, value));
            }
            scope = inScope.isEmpty() ? StopScope.of(kind, value) : null;
            sent.nothingElse();
            faults.addAll(inScope.listed());
        }
        return scope == null ? null : new NewStop(scope, reason);
    }

    @Schema(name = "Stop", description = "A scoped kill switch. It holds until two people have released it.")
    record StopView(
            UUID id,
            ScopeView scope,
            String reason,
            String placedBy,
            @Schema(format = "date-time") String placedAt,
            Stop.State state,

            @Schema(description = "who asked for its release, none to two people")
            List<ConsentView> releases,

            IndexView record) {
        static StopView of(Stop stop) {
            return new StopView(
                    stop.id(),
                    new ScopeView(stop.scope().kind().wire(), stop.scope().value()),
                    stop.reason(),
                    stop.placedBy(),
                    LedgerTime.text(stop.placedAt()),
                    stop.state(),
                    Stream.of(ConsentView.of(stop.request()), ConsentView.of(stop.release()))
                            .flatMap(Stream::ofNullable)
                            .toList(),
                    new IndexView(stop.position()));
        }
    }

    @Schema(name = "StopScope")
    record ScopeView(
            @Schema(enumeration = {"all", "agent", "action", "subject", "trace"})
            String kind,

            @Schema(description = "empty for `all`") String value) {}

    @Schema(name = "ReleaseConsent")
    record ConsentView(
            String by, @Schema(format = "date-time") String at, String reason) {
        static @Nullable ConsentView of(Stop.@Nullable Consent consent) {
            return consent == null
                    ? null
                    : new ConsentView(consent.by(), LedgerTime.text(consent.at()), consent.reason());
        }
    }

    @Schema(name = "LedgerIndex")
    record IndexView(long index) {}
}
