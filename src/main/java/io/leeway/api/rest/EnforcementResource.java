package io.leeway.api.rest;

import io.leeway.api.json.BodyReader;
import io.leeway.api.json.Faults;
import io.leeway.api.json.Members;
import io.leeway.api.json.Text;
import io.leeway.decision.Caller;
import io.leeway.decision.Lane;
import io.leeway.ledger.LedgerTime;
import io.leeway.ledger.LedgerTransaction;
import io.leeway.model.Actor;
import io.leeway.security.EnforcementChange;
import io.leeway.security.KeyEnforcement;
import io.leeway.security.KeyEnforcement.Mode;
import io.leeway.security.KeyEnforcements;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Whether what is decided for a key binds its agents. */
@Path("/v1/keys/{id}/enforcement")
@Produces(MediaType.APPLICATION_JSON)
class EnforcementResource {
    private final Lane lane;
    private final KeyEnforcements enforcements;
    private final Callers callers;

    EnforcementResource(Lane lane, KeyEnforcements enforcements, Callers callers) {
        this.lane = lane;
        this.enforcements = enforcements;
        this.callers = callers;
    }

    @GET
    @Blocking
    @Operation(
            operationId = "findEnforcement",
            summary = "Read whether a key's verdicts are enforced",
            description = "What holds now, on whose word, and what an operator asks for that nobody has agreed to yet.")
    @Tag(name = "Control")
    @APIResponse(
            responseCode = "200",
            description = "What is set",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = EnforcementView.class)))
    public CompletionStage<EnforcementView> find(@PathParam("id") String id, @Context RoutingContext routing) {
        return callers.read(routing, reader -> {
            KeyEnforcements.Known known = enforcements.find(id);
            return EnforcementView.of(known.enforcement(), known.now());
        });
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @NonBlocking
    @Operation(
            operationId = "setEnforcement",
            summary = "Observe a key's agents, or enforce again",
            description =
                    "`OBSERVE` takes two operators and has an end: the first call is noted, and the same call by somebody else sets it. `ENFORCE` takes one, holds at once, and drops what was asked for.")
    @Tag(name = "Control")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "NewEnforcement")))
    @APIResponse(
            responseCode = "200",
            description = "Set",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = EnforcementView.class)))
    @APIResponse(
            responseCode = "202",
            description = "Noted; another operator must ask for the same",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = EnforcementView.class)))
    @APIResponse(
            responseCode = "409",
            description =
                    "The same operator again, one whose own key it is, another end than was asked for, or a key that nothing is decided for",
            content = @Content(mediaType = "application/problem+json", schema = @Schema(ref = "Problem")))
    public CompletionStage<Response> set(@PathParam("id") String id, byte[] body, @Context RoutingContext routing) {
        NewEnforcement asked =
                BodyReader.read(body, "INVALID_ENFORCEMENT", "The enforcement", EnforcementResource::newEnforcement);
        Caller caller = callers.caller(routing);
        return lane.run(caller, tx -> set(tx, caller.actor(), id, asked))
                .thenApplyAsync(EnforcementResource::answer, Proposals.eventLoop(routing));
    }

    private Done set(LedgerTransaction tx, Actor actor, String id, NewEnforcement asked) throws SQLException {
        EnforcementChange change = enforcements.set(tx, actor, id, asked.mode(), asked.until(), asked.reason());
        return new Done(change, tx.now());
    }

    private static Response answer(Done done) {
        return Response.status(done.change().complete() ? 200 : 202)
                .entity(EnforcementView.of(done.change().enforcement(), done.now()))
                .build();
    }

    private static @Nullable NewEnforcement newEnforcement(Members body, Faults faults) {
        Mode mode = body.oneOf("enforcement", Mode.class);
        String reason = body.text("reason", Text.REASON);
        Instant until = body.time("until");
        return mode == null ? null : new NewEnforcement(mode, until, reason);
    }

    private record NewEnforcement(Mode mode, @Nullable Instant until, String reason) {}

    private record Done(EnforcementChange change, Instant now) {}

    @Schema(name = "Enforcement", description = "Whether what is decided for a key binds its agents.")
    record EnforcementView(
            @Schema(description = "the key's id") String key,

            @Schema(description = "what holds now") Mode enforcement,

            @Schema(
                    format = "date-time",
                    nullable = true,
                    description =
                            "when observing ends or ended by itself; null when nobody set it, or somebody ended it")
            @Nullable
            String until,

            @Schema(
                    description =
                            "on whose word: two operators' for OBSERVE, one's for ENFORCE, none when nothing was ever set")
            List<ConsentView> consents,

            @Schema(
                    nullable = true,
                    description = "what an operator asks for; another one agrees by asking for the same")
            @Nullable
            RequestView request,

            @Schema(nullable = true, description = "of the entry that set it")
            StopResource.@Nullable IndexView record) {
        static EnforcementView of(KeyEnforcement set, Instant now) {
            Instant until = set.until();
            Long position = set.position();
            return new EnforcementView(
                    set.keyId(),
                    set.modeAt(now),
                    until == null ? null : LedgerTime.text(until),
                    set.consents().stream().map(ConsentView::of).toList(),
                    RequestView.of(set.request(), now),
                    position == null ? null : new StopResource.IndexView(position));
        }
    }

    @Schema(name = "EnforcementConsent")
    record ConsentView(
            String by, @Schema(format = "date-time") String at, String reason) {
        static ConsentView of(KeyEnforcement.Consent consent) {
            return new ConsentView(consent.by(), LedgerTime.text(consent.at()), consent.reason());
        }
    }

    @Schema(name = "EnforcementRequest")
    record RequestView(
            @Schema(format = "date-time") String until,
            String by,
            @Schema(format = "date-time") String at,
            String reason) {
        /** Null for one that nobody agreed to in time, too. */
        static @Nullable RequestView of(KeyEnforcement.@Nullable Request request, Instant now) {
            return request == null || !now.isBefore(request.until())
                    ? null
                    : new RequestView(
                            LedgerTime.text(request.until()),
                            request.asked().by(),
                            LedgerTime.text(request.asked().at()),
                            request.asked().reason());
        }
    }
}
