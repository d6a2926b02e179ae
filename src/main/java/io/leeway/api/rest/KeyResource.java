package io.leeway.api.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leeway.api.json.BodyReader;
import io.leeway.api.json.Faults;
import io.leeway.api.json.Members;
import io.leeway.api.json.Text;
import io.leeway.decision.Caller;
import io.leeway.decision.Lane;
import io.leeway.ledger.LedgerTime;
import io.leeway.model.Refusal;
import io.leeway.security.ApiKey;
import io.leeway.security.ApiKeys;
import io.leeway.security.KeyEnforcement.Mode;
import io.leeway.security.KeyEnforcements;
import io.leeway.security.NewKey;
import io.leeway.security.Role;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
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
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
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
import org.jspecify.annotations.Nullable;

/** Keys: made, listed, revoked. A key itself is in one answer only. */
@Path("/v1/keys")
@Produces(MediaType.APPLICATION_JSON)
class KeyResource {
    private static final int MAX_ITEMS = 200;
    /** Long enough to be told by {@link NewKey} what is wrong with it. */
    private static final Text ANY_TEXT = new Text(0, 2000, false);

    private final Lane lane;
    private final ApiKeys keys;
    private final KeyEnforcements enforcements;
    private final Callers callers;

    KeyResource(Lane lane, ApiKeys keys, KeyEnforcements enforcements, Callers callers) {
        this.lane = lane;
        this.keys = keys;
        this.enforcements = enforcements;
        this.callers = callers;
    }

    @GET
    @Blocking
    @Operation(
            operationId = "listKey",
            summary = "List keys",
            description = "Without their secrets, newest first, revoked ones too.")
    @Tag(name = "Administration")
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
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "KeyPage")))
    public CompletionStage<Response> list(@Context UriInfo uri, @Context RoutingContext routing) {
        Query query = new Query(uri);
        int limit = query.limit();
        long before = query.before();
        query.nothingElse();
        return callers.query(routing, () -> {
            Set<String> observed = enforcements.observedNow();
            return Page.answer(
                    keys.list(before, limit),
                    limit,
                    uri,
                    ApiKey::position,
                    key -> KeyView.of(key, null, observed.contains(key.id()) ? Mode.OBSERVE : Mode.ENFORCE));
        });
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @NonBlocking
    @Operation(
            operationId = "createKey",
            summary = "Make a key",
            description = "The key itself is in this answer and nowhere else.")
    @Tag(name = "Administration")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "NewKey")))
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = KeyView.class)))
    public CompletionStage<Response> create(byte[] body, @Context RoutingContext routing) {
        NewKey asked = BodyReader.read(body, "INVALID_KEY", "The key", KeyResource::newKey);
        Caller caller = callers.caller(routing);
        return lane.run(caller, tx -> keys.create(tx, caller.actor(), asked))
                .thenApplyAsync(
                        created -> Response.created(
                                        URI.create("/v1/keys/" + created.key().id()))
                                .entity(KeyView.of(created.key(), created.secret(), Mode.ENFORCE))
                                .build(),
                        Proposals.eventLoop(routing));
    }

    @DELETE
    @Path("/{id}")
    @NonBlocking
    @Operation(
            operationId = "revokeKey",
            summary = "Revoke a key",
            description = "Nothing is decided for it from its position in the ledger on.")
    @Tag(name = "Administration")
    @APIResponse(responseCode = "204", description = "Revoked")
    public CompletionStage<Response> revoke(@PathParam("id") String id, @Context RoutingContext routing) {
        Caller caller = callers.caller(routing);
        return lane.run(caller, tx -> keys.revoke(tx, caller.actor(), id))
                .thenApplyAsync(revoked -> Response.noContent().build(), Proposals.eventLoop(routing));
    }

    /** Judged by {@link NewKey}, once the members have the right types. */
    private static @Nullable NewKey newKey(Members body, Faults faults) {
        body.required("name");
        body.required("roles");
        String name = body.text("name", ANY_TEXT, "");
        List<String> roles = body.texts("roles", ANY_TEXT, MAX_ITEMS);
        List<String> groups = body.texts("groups", ANY_TEXT, MAX_ITEMS);
        List<String> agents = body.texts("agents", ANY_TEXT, MAX_ITEMS);
        String expiresIn = body.present("expiresIn") ? body.text("expiresIn", ANY_TEXT, "") : null;
        if (!faults.isEmpty()) {
            return null;
        }
        try {
            return NewKey.of(name, roles, groups, agents, expiresIn);
        } catch (Refusal refusal) {
            faults.addAll(refusal.violations());
            return null;
        }
    }

    @Schema(name = "Key", description = "A key without its secret, but for the answer that makes it.")
    record KeyView(
            String id,

            @Schema(description = "the key itself, only where it is made")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            String key,

            String name,
            List<String> roles,
            List<String> groups,
            List<String> agents,
            @Schema(format = "date-time") String createdAt,
            @Schema(format = "date-time") String expiresAt,

            @Schema(format = "date-time", nullable = true) @Nullable
            String revokedAt,

            @Schema(description = "whether what is decided for it binds its agents now")
            Mode enforcement) {
        static KeyView of(ApiKey key, @Nullable String secret, Mode enforcement) {
            Instant revokedAt = key.revokedAt();
            return new KeyView(
                    key.id(),
                    secret,
                    key.name(),
                    key.roles().stream().map(Role::wire).sorted().toList(),
                    key.groups(),
                    key.agents(),
                    LedgerTime.text(key.createdAt()),
                    LedgerTime.text(key.expiresAt()),
                    revokedAt == null ? null : LedgerTime.text(revokedAt),
                    enforcement);
        }

        @Override
        public String toString() {
            return "Key " + id;
        }
    }
}
