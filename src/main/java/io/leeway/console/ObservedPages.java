package io.leeway.console;

import io.leeway.evidence.ObservedReports;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.concurrent.CompletionStage;

/** What would have been stopped while keys were only observed. */
@Path(ConsoleGate.ROOT + "/observed")
@Produces(Pages.HTML)
class ObservedPages {
    private final Pages pages;
    private final ObservedReports reports;

    ObservedPages(Pages pages, ObservedReports reports) {
        this.pages = pages;
        this.reports = reports;
    }

    @GET
    @Blocking
    @May("GET /v1/reports/observed")
    public CompletionStage<Response> observed(@Context UriInfo uri, @Context RoutingContext routing) {
        Period period = Period.read(uri.getQueryParameters());
        return pages.answer(
                routing,
                period.faults().isEmpty() ? 200 : 422,
                ObservedReports.PATIENCE,
                reader -> Templates.observed(
                        new Frame("What would have been stopped", Frame.OBSERVED, reader),
                        ObservedView.of(
                                period,
                                period.faults().isEmpty() ? reports.between(period.start(), period.end()) : null)));
    }
}
