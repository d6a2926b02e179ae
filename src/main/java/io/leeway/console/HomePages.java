package io.leeway.console;

import io.leeway.security.Principal;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Where one comes in. */
@Path(ConsoleGate.ROOT)
@Produces(Pages.HTML)
class HomePages {
    /** The first part that is open to the reader; a word about his key when none is. */
    @GET
    @SignedIn
    public Response home(@Context RoutingContext routing) {
        Principal reader = Pages.reader(routing);
        List<Frame.Link> links = Frame.links(reader);
        return links.isEmpty()
                ? Pages.html(200, Templates.home(new Frame("Welcome", "", reader)))
                : Pages.goTo(links.get(0).path());
    }
}
