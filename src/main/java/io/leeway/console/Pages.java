package io.leeway.console;

import io.leeway.ledger.Reads;
import io.leeway.model.Refusal;
import io.leeway.policy.PolicyFile;
import io.leeway.security.Principal;
import io.quarkus.qute.TemplateInstance;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** How pages are answered: made on the threads of those who read, and with words of their own when something is refused. */
@ApplicationScoped
class Pages {
    /** People rather look at an empty window for a while than at a page that tells them to try again. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    static final String HTML = "text/html;charset=utf-8";

    private static final Logger LOG = Logger.getLogger(Pages.class);

    private static final Map<Refusal.Kind, Integer> STATUS = Map.of(
            Refusal.Kind.MALFORMED, 400,
            Refusal.Kind.INVALID, 422,
            Refusal.Kind.UNAUTHENTICATED, 401,
            Refusal.Kind.FORBIDDEN, 403,
            Refusal.Kind.NOT_FOUND, 404,
            Refusal.Kind.CONFLICT, 409,
            Refusal.Kind.PRECONDITION, 412,
            Refusal.Kind.TOO_LARGE, 413,
            Refusal.Kind.OVERLOADED, 429,
            Refusal.Kind.UNAVAILABLE, 503);

    private static final Map<Integer, String> TITLES = Map.of(
            400, "That could not be read",
            403, "Not for your key",
            404, "There is nothing here",
            405, "There is nothing here",
            409, "It has changed meanwhile",
            413, "That is too large",
            422, "That cannot be done",
            429, "Too much is waiting",
            503, "Leeway cannot answer at the moment");

    private static final Map<Integer, String> DETAILS = Map.of(
            404, "No page has this address. It may have been mistyped, or what it showed was never there.",
            405, "This address only takes what a form sends to it.",
            413, "What was sent is larger than Leeway reads.",
            503, "The database does not answer in time. Nothing was changed. Try again in a moment.");

    private final Reads reads;

    Pages(Reads reads) {
        this.reads = reads;
    }

    /** A page, or what is to be said in its place. */
    record Html(int status, String text) {}

    /** A page made of what is read from the database. */
    CompletionStage<Response> read(RoutingContext routing, Function<Principal, TemplateInstance> page) {
        return answer(routing, 200, page);
    }

    /** The same with another status: the page shows what is wrong with what was sent. */
    CompletionStage<Response> answer(RoutingContext routing, int status, Function<Principal, TemplateInstance> page) {
        return answer(routing, status, PATIENCE, page);
    }

    /** The same for what takes longer. */
    CompletionStage<Response> answer(
            RoutingContext routing, int status, Duration patience, Function<Principal, TemplateInstance> page) {
        Principal reader = reader(routing);
        return reads.read(() -> html(status, page.apply(reader)), patience)
                .exceptionally(failure -> error(routing, failure));
    }

    /** To where something shows that was done with what is read from the database. */
    CompletionStage<Response> redirect(RoutingContext routing, Callable<String> done) {
        return reads.read(() -> goTo(done.call()), PATIENCE).exceptionally(failure -> error(routing, failure));
    }

    /** A file of a policy version. The browser keeps it as a file, whatever is in it. */
    CompletionStage<Response> download(RoutingContext routing, Callable<PolicyFile> file) {
        return reads.read(
                        () -> {
                            PolicyFile found = file.call();
                            String name = URLEncoder.encode(found.name(), StandardCharsets.UTF_8)
                                    .replace("+", "%20");
                            return Response.ok(found.bytes(), MediaType.APPLICATION_OCTET_STREAM)
                                    .header("Content-Disposition", "attachment; filename*=UTF-8''" + name)
                                    .build();
                        },
                        PATIENCE)
                .exceptionally(failure -> error(routing, failure));
    }

    /** What is said in the place of a page, made on the threads of those who read. */
    CompletionStage<Response> failed(RoutingContext routing, Throwable failure) {
        return reads.read(() -> error(routing, failure));
    }

    /** A page that needs nothing read. */
    static Response html(int status, TemplateInstance page) {
        return Response.status(status).type(HTML).entity(page.render()).build();
    }

    /** After something was done: to the page that shows it. */
    static Response goTo(String path) {
        return redirect(path).build();
    }

    /** By hand, as JAX-RS would want to know of the request which host it was sent to. */
    static Response.ResponseBuilder redirect(String path) {
        return Response.status(Response.Status.SEE_OTHER).header("Location", path);
    }

    /** Who is signed in. */
    static Principal reader(RoutingContext routing) {
        Principal principal = ConsoleGate.principal(routing);
        if (principal == null) {
            throw new Refusal(Refusal.Kind.UNAUTHENTICATED, "UNAUTHENTICATED", "Nobody is signed in.");
        }
        return principal;
    }

    /** What is said in the place of a page when something fails. */
    static Response error(RoutingContext routing, Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof Refusal refusal && refusal.kind() == Refusal.Kind.UNAUTHENTICATED) {
            return goTo(ConsoleGate.SIGN_IN);
        }
        Html page = failure(routing, cause);
        return Response.status(page.status()).type(HTML).entity(page.text()).build();
    }

    static Html failure(RoutingContext routing, Throwable failure) {
        if (cause(failure) instanceof Refusal refusal) {
            return refused(routing, refusal);
        }
        LOG.errorf(failure, "the page %s failed", routing.normalizedPath());
        return failure(routing, 500);
    }

    static Html refused(RoutingContext routing, Refusal refusal) {
        int status = STATUS.getOrDefault(refusal.kind(), 500);
        return page(routing, status, refusal.detail());
    }

    /** What is said when only the status is known. */
    static Html failure(RoutingContext routing, int status) {
        return page(
                routing,
                status,
                DETAILS.getOrDefault(
                        status,
                        status < 500
                                ? "What was sent could not be taken as it is."
                                : "The service failed, and its log says why. Nothing that was not shown as done was done."));
    }

    private static Html page(RoutingContext routing, int status, String detail) {
        String title = TITLES.getOrDefault(status, status < 500 ? "That cannot be done" : "Something went wrong here");
        Frame frame = new Frame(title, "", ConsoleGate.principal(routing));
        return new Html(status, Templates.error(frame, title, detail).render());
    }

    /** What failed, out of what futures wrap around it. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
