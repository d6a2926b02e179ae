package io.leeway.api.rest;

import io.leeway.policy.PolicyTables;
import io.leeway.policy.diff.VersionDiff;
import io.leeway.policy.diff.VersionFiles;
import io.leeway.policy.release.CompiledVersions;
import io.leeway.policy.release.PolicyChecks;
import io.leeway.policy.release.PolicyVersion;
import io.leeway.policy.release.PolicyVersions;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a version changes. */
@Path("/v1/policies/{version}/diff")
@Produces(MediaType.APPLICATION_JSON)
class PolicyDiffResource {
    private final PolicyVersions versions;
    private final CompiledVersions compiled;
    private final PolicyChecks checks;
    private final Callers callers;

    PolicyDiffResource(PolicyVersions versions, CompiledVersions compiled, PolicyChecks checks, Callers callers) {
        this.versions = versions;
        this.compiled = compiled;
        this.checks = checks;
        this.callers = callers;
    }

    @GET
    @Blocking
    @Operation(
            operationId = "diffPolicy",
            summary = "Compare a version with another",
            description =
                    "Cell by cell, and by what it means: whether anybody gets more leeway, proven over every proposal, with a witness each.")
    @Tag(name = "Policy")
    @Parameter(
            name = "against",
            in = ParameterIn.QUERY,
            description = "the version before; by default the base, or for what has none the active version",
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "The difference",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "PolicyDiff")))
    public CompletionStage<byte[]> diff(
            @PathParam("version") String name, @Context UriInfo uri, @Context RoutingContext routing) {
        Query query = new Query(uri);
        String against = query.text("against");
        query.nothingElse();
        return callers.query(routing, () -> versions.get(name))
                .thenCompose(version -> checks.run(() -> diff(version, against)));
    }

    private byte[] diff(PolicyVersion version, @Nullable String against) throws SQLException {
        String base = version.base();
        Optional<PolicyVersion> before = against != null
                ? Optional.of(versions.get(against))
                : base != null ? versions.find(base) : versions.active();
        VersionFiles was =
                before.isEmpty() ? new VersionFiles(List.of(), PolicyTables.NONE) : compiled.files(before.get());
        return VersionDiff.of(was, compiled.files(version)).json();
    }
}
