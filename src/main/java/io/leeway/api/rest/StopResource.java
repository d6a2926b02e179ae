package io.leeway.api.rest;

import io.leeway.api.json.Scalars;
import io.leeway.api.rest.StopBodies.NewRelease;
import io.leeway.control.NewStop;
import io.leeway.control.Release;
import io.leeway.control.Stop;
import io.leeway.control.Stops;
import io.leeway.decision.Caller;
import io.leeway.decision.Lane;
import io.leeway.evidence.StopConfirmations;
import io.leeway.ledger.LedgerTransaction;
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
import java.sql.SQLException;
import java.util.UUID;
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

/** Kill switches. */
@Path("/v1/stops")
@Produces(MediaType.APPLICATION_JSON)
class StopResource {
    private final Lane lane;
    private final Stops stops;
    private final StopConfirmations confirmations;
    private final Callers callers;

    StopResource(Lane lane, Stops stops, StopConfirmations confirmations, Callers callers) {
        this.lane = lane;
        this.stops = stops;
        this.confirmations = confirmations;
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
        NewStop asked = StopBodies.stop(body);
        Caller caller = callers.caller(routing);
        return lane.run(caller, tx -> stops.place(tx, caller.actor(), asked))
                .thenApplyAsync(
                        stop -> Response.created(URI.create("/v1/stops/" + stop.id()))
                                .entity(StopView.of(stop))
                                .build(),
                        Proposals.eventLoop(routing));
    }

    @GET
    @Path("/{id}")
    @Blocking
    @Operation(
            operationId = "findStop",
            summary = "Read a stop",
            description =
                    "With each agent that it concerns: those that held a permit in scope when it was placed or proposed in scope since, and whether they are known to keep to it.")
    @Tag(name = "Control")
    @APIResponse(
            responseCode = "200",
            description = "The stop",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = StopView.class)))
    public CompletionStage<StopView> find(@PathParam("id") String id, @Context RoutingContext routing) {
        UUID stop = stopId(id);
        return callers.read(
                routing,
                reader -> confirmations
                        .find(stop)
                        .map(known -> StopView.of(known.stop(), ConfirmationView.of(known)))
                        .orElseThrow(StopResource::unknown));
    }

    @POST
    @Path("/{id}/release")
    @Consumes(MediaType.APPLICATION_JSON)
    @NonBlocking
    @Operation(
            operationId = "releaseStop",
            summary = "Release a stop",
            description =
                    "Takes two people: the first call is noted, and the stop still holds; a call by somebody else releases it. With `first`, both name a part that goes before the rest. A drill ends with one call.")
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
        NewRelease asked = StopBodies.release(body);
        UUID stop = stopId(id);
        Caller caller = callers.caller(routing);
        return lane.run(caller, tx -> release(tx, caller, stop, asked))
                .thenApplyAsync(
                        release -> Response.status(release.complete() ? 200 : 202)
                                .entity(StopView.of(release.stop()))
                                .build(),
                        Proposals.eventLoop(routing));
    }

    private Release release(LedgerTransaction tx, Caller caller, UUID stop, NewRelease asked) throws SQLException {
        return asked.first() == null
                ? stops.release(tx, caller.actor(), stop, asked.reason())
                : stops.releaseFirst(tx, caller.actor(), stop, asked.first(), asked.reason());
    }

    static UUID stopId(String id) {
        UUID stop = Scalars.uuid(id);
        if (stop == null) {
            throw unknown();
        }
        return stop;
    }

    private static Refusal unknown() {
        return new Refusal(Refusal.Kind.NOT_FOUND, "STOP_NOT_FOUND", "There is no such stop.");
    }

    @Schema(name = "LedgerIndex")
    record IndexView(long index) {}
}
