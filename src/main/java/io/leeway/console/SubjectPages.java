package io.leeway.console;

import io.leeway.evidence.SubjectTimelines;
import io.leeway.evidence.SubjectTimelines.Timeline;
import io.leeway.model.Refusal;
import io.leeway.model.Subject;
import io.leeway.security.Principal;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What happened to one business object. Its type and id stand in the query, where any text can. */
@Path(ConsoleGate.ROOT + "/subjects")
@Produces(Pages.HTML)
class SubjectPages {
    private static final int A_PAGE = 100;

    private final Pages pages;
    private final SubjectTimelines timelines;

    SubjectPages(Pages pages, SubjectTimelines timelines) {
        this.pages = pages;
        this.timelines = timelines;
    }

    @GET
    @Blocking
    @May("GET /v1/subjects/{type}/{id}/timeline")
    public CompletionStage<Response> timeline(
            @RestQuery @Nullable String type,
            @RestQuery @Nullable String id,
            @RestQuery @Nullable String after,
            @Context RoutingContext routing) {
        Subject subject = new Subject(type == null ? "" : type, id == null ? "" : id);
        return pages.read(routing, reader -> page(subject, Ids.position(after), reader));
    }

    private TemplateInstance page(Subject subject, long after, Principal reader) {
        if (subject.type().isEmpty() || subject.id().isEmpty()) {
            throw new Refusal(
                    Refusal.Kind.NOT_FOUND, "UNKNOWN_SUBJECT", "The address names no subject by its type and its id.");
        }
        Timeline found = timelines.read(subject, reader.visibleAgents().orElse(Set.of()), after, A_PAGE);
        return Templates.timeline(
                new Frame(subject.type() + " " + subject.id(), Frame.DECISIONS, reader),
                TimelinePage.of(subject, found, after < 0));
    }
}
