package io.leeway.console;

import io.leeway.decision.Decision;
import io.leeway.evidence.ReplayJob;
import io.leeway.evidence.ReplayRange;
import io.leeway.evidence.Replays;
import io.leeway.model.Refusal;
import io.leeway.policy.release.CompiledVersions;
import io.leeway.policy.release.PolicyVersion;
import io.leeway.policy.release.PolicyVersions;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** What a version would have answered to recorded decisions. A replay lives in the process that runs it. */
@Path(ConsoleGate.ROOT + "/policies/{version}/replays")
@Produces(Pages.HTML)
class ReplayPages {
    private static final long MOST = 1_000_000;

    private final Pages pages;
    private final Replays replays;
    private final PolicyVersions versions;
    private final CompiledVersions compiled;

    ReplayPages(Pages pages, Replays replays, PolicyVersions versions, CompiledVersions compiled) {
        this.pages = pages;
        this.replays = replays;
        this.versions = versions;
        this.compiled = compiled;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Blocking
    @May("POST /v1/policies/{version}/replay")
    public CompletionStage<Response> start(
            @RestPath String version, @RestForm @Nullable String limit, @Context RoutingContext routing) {
        long newest = limit != null && limit.matches("[1-9][0-9]{0,6}") ? Long.parseLong(limit) : MOST;
        return pages.redirect(routing, () -> {
            PolicyVersion found = versions.get(version);
            ReplayJob job = replays.start(
                    new Decision.PolicyReference(found.name(), found.digest()),
                    () -> compiled.withDigest(found.digest())
                            .orElseThrow(() -> new Refusal(
                                    Refusal.Kind.CONFLICT,
                                    "POLICY_DOES_NOT_COMPILE",
                                    "The version has errors, so it cannot decide anything."))
                            .named(found.name()),
                    new ReplayRange(null, null, Math.min(newest, MOST)));
            return "/console/policies/" + version + "/replays/" + job.id();
        });
    }

    @GET
    @Path("/{id}")
    @Blocking
    @May("POST /v1/policies/{version}/replay")
    public CompletionStage<Response> replay(
            @RestPath String version, @RestPath String id, @Context RoutingContext routing) {
        return pages.read(
                routing,
                reader -> Templates.replay(
                        new Frame("Replay of " + version, Frame.POLICIES, reader), ReplayView.of(find(version, id))));
    }

    @POST
    @Path("/{id}/cancel")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Blocking
    @May("POST /v1/policies/{version}/replay")
    public CompletionStage<Response> cancel(
            @RestPath String version, @RestPath String id, @Context RoutingContext routing) {
        return pages.redirect(routing, () -> {
            find(version, id).cancel();
            return "/console/policies/" + version + "/replays/" + id;
        });
    }

    private ReplayJob find(String version, String id) {
        return Ids.parse(id)
                .flatMap(replays::find)
                .filter(job -> job.policy().version().equals(version))
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.NOT_FOUND,
                        "REPLAY_NOT_FOUND",
                        "There is no such replay here. It may have run on another replica, or before a restart: start it"
                                + " again."));
    }
}
