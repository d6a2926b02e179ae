package io.leeway.console;

import io.leeway.evidence.CausalTraces;
import io.leeway.model.Refusal;
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

/** What led to what: the decisions of one trace. Its id stands in the query, where any text can. */
@Path(ConsoleGate.ROOT + "/traces")
@Produces(Pages.HTML)
class TracePages {
    private static final int A_PAGE = 100;

    private final Pages pages;
    private final CausalTraces traces;

    TracePages(Pages pages, CausalTraces traces) {
        this.pages = pages;
        this.traces = traces;
    }

    @GET
    @Blocking
    @May("GET /v1/traces/{id}")
    public CompletionStage<Response> trace(
            @RestQuery @Nullable String id, @RestQuery @Nullable String after, @Context RoutingContext routing) {
        String asked = id == null ? "" : id;
        return pages.read(routing, reader -> page(asked, Ids.position(after), reader));
    }

    private TemplateInstance page(String id, long after, Principal reader) {
        return traces.find(id, reader.visibleAgents().orElse(Set.of()), after, A_PAGE)
                .map(trace -> TraceTree.of(trace, after, A_PAGE))
                .map(tree -> Templates.trace(new Frame("Trace " + id, Frame.DECISIONS, reader), tree))
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.NOT_FOUND,
                        "UNKNOWN_TRACE",
                        "No decision belongs to such a trace, or none for your key."));
    }
}
