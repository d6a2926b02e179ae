package io.leeway.console;

import io.leeway.model.Refusal;
import io.leeway.policy.diff.VersionDiff;
import io.leeway.policy.release.CompiledVersions;
import io.leeway.policy.release.PolicyChecks;
import io.leeway.policy.release.PolicyVersion;
import io.leeway.policy.release.PolicyVersions;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What a version changes, cell by cell and by meaning. Compared where versions are checked, as that may take seconds. */
@Path(ConsoleGate.ROOT + "/policies/{version}/diff")
@Produces(Pages.HTML)
class DiffPages {
    private final Pages pages;
    private final PolicyVersions versions;
    private final CompiledVersions compiled;
    private final PolicyChecks checks;

    DiffPages(Pages pages, PolicyVersions versions, CompiledVersions compiled, PolicyChecks checks) {
        this.pages = pages;
        this.versions = versions;
        this.compiled = compiled;
        this.checks = checks;
    }

    /** What it changes in the version it was made on, or in any other. */
    @GET
    @Blocking
    @May("GET /v1/policies/{version}/diff")
    public CompletionStage<Response> diff(
            @RestPath String version, @RestQuery @Nullable String against, @Context RoutingContext routing) {
        return checks.run(() -> diff(version, against))
                .thenCompose(diff -> pages.read(
                        routing,
                        reader -> Templates.policyDiff(
                                new Frame("What " + version + " changes", Frame.POLICIES, reader), diff)))
                .exceptionallyCompose(failure -> pages.failed(routing, failure));
    }

    private VersionDiffView diff(String name, @Nullable String against) throws SQLException {
        PolicyVersion version = versions.get(name);
        String other = against != null ? against : version.base();
        if (other == null) {
            throw new Refusal(
                    Refusal.Kind.NOT_FOUND, "NO_BASE", "It is the first version: there is nothing that it changes.");
        }
        return new VersionDiffView(
                version, other, VersionDiff.of(compiled.files(versions.get(other)), compiled.files(version)));
    }
}
