package io.leeway.api.events;

import io.leeway.api.rest.Callers;
import io.leeway.model.Refusal;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What happens, as server-sent events. */
@Path("/v1/events")
class EventResource {
    private final EventFeed feed;

    EventResource(EventFeed feed) {
        this.feed = feed;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            operationId = "listenEvents",
            summary = "Listen to events",
            description =
                    "Server-sent events: `stop.placed`, `stop.narrowed`, `stop.released`, `drill.begun`, `drill.ended`, and `decision.consumed` of the key's agents. The id of an event is its position in the ledger; with `Last-Event-ID` everything after it is told, nothing is left out. The first event, `ready`, says from where on. An agent's key is not told of stops of other agents. A comment comes every 15 s; who takes nothing for 30 s is dropped and may come again.")
    @Tag(name = "Decisions")
    @APIResponse(
            responseCode = "200",
            description = "Events, until either side ends it",
            content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = SchemaType.STRING)))
    public Multi<OutboundSseEvent> listen(
            @Parameter(description = "position after which events are wanted; without it, those from now on")
                    @HeaderParam("Last-Event-ID")
                    @Nullable
                    String last,
            @Context Sse sse,
            @Context RoutingContext routing) {
        return feed.subscribe(Callers.principal(routing), next(last)).map(event -> event(event, sse));
    }

    private static @Nullable Long next(@Nullable String last) {
        if (last == null) {
            return null;
        }
        if (!last.matches("[0-9]{1,18}")) {
            throw new Refusal(
                    Refusal.Kind.MALFORMED,
                    "INVALID_EVENT_ID",
                    "`Last-Event-ID` must be the id of an event, which is a position in the ledger.");
        }
        return Long.parseLong(last) + 1;
    }

    private static OutboundSseEvent event(SentEvent event, Sse sse) {
        if (event.isHeartbeat()) {
            return sse.newEventBuilder().comment("still here").build();
        }
        return sse.newEventBuilder()
                .id(Long.toString(event.id()))
                .name(event.type())
                .data(String.class, event.data())
                .build();
    }
}
