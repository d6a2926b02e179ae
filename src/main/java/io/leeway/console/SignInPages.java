package io.leeway.console;

import io.leeway.ledger.Reads;
import io.leeway.model.Refusal;
import io.leeway.security.Authentication;
import io.leeway.security.Authenticator;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Signing in with a key, which the browser shows once and then forgets; and out. */
@Path(ConsoleGate.ROOT)
@Produces(Pages.HTML)
class SignInPages {
    private final Authenticator authenticator;
    private final Sessions sessions;
    private final Reads reads;

    SignInPages(Authenticator authenticator, Sessions sessions, Reads reads) {
        this.authenticator = authenticator;
        this.sessions = sessions;
        this.reads = reads;
    }

    @GET
    @Path("/sign-in")
    @ForEverybody
    public Response form(@RestQuery @Nullable String next) {
        return page(200, next, null);
    }

    @POST
    @Path("/sign-in")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Blocking
    @ForEverybody
    public CompletionStage<Response> signIn(
            @RestForm @Nullable String key, @RestForm @Nullable String next, @Context RoutingContext routing) {
        String credential = key == null ? "" : key.strip();
        if (credential.isEmpty()) {
            return CompletableFuture.completedFuture(page(422, next, "Enter a key."));
        }
        Authentication known = authenticator.authenticate(credential);
        CompletionStage<Authentication> judged = known instanceof Authentication.Unknown
                ? authenticator.lookUp(credential)
                : CompletableFuture.completedFuture(known);
        return judged.thenCompose(authentication -> open(authentication, next, routing))
                .exceptionally(failure -> Pages.error(routing, failure));
    }

    @POST
    @Path("/sign-out")
    @Blocking
    @SignedIn
    public CompletionStage<Response> signOut(@Context RoutingContext routing) {
        return reads.read(
                        () -> {
                            SessionCookie.read(routing.request()).ifPresent(sessions::close);
                            return Pages.redirect(ConsoleGate.SIGN_IN)
                                    .cookie(SessionCookie.gone(routing.request()))
                                    .build();
                        },
                        Pages.PATIENCE)
                .exceptionally(failure -> Pages.error(routing, failure));
    }

    private CompletionStage<Response> open(Authentication judged, @Nullable String next, RoutingContext routing) {
        if (judged instanceof Authentication.Accepted accepted) {
            return reads.read(
                    () -> sessions.open(accepted.principal().keyId())
                            .map(token -> Pages.redirect(ReturnPath.of(next))
                                    .cookie(SessionCookie.of(token, routing.request()))
                                    .build())
                            .orElseGet(() -> page(401, next, "The key is expired or revoked.")),
                    Pages.PATIENCE);
        }
        Refusal refusal = judged instanceof Authentication.Refused refused
                ? refused.refusal()
                : new Refusal(Refusal.Kind.UNAUTHENTICATED, "UNAUTHENTICATED", "The key is unknown.");
        return CompletableFuture.completedFuture(
                refusal.kind() == Refusal.Kind.UNAUTHENTICATED
                        ? page(401, next, refusal.detail())
                        : Pages.error(routing, refusal));
    }

    private static Response page(int status, @Nullable String next, @Nullable String fault) {
        return Pages.html(status, Templates.signIn(new Frame("Sign in", "", null), ReturnPath.of(next), fault));
    }
}
