package io.leeway.console;

import io.leeway.control.Release;
import io.leeway.control.Stop;
import io.leeway.control.Stops;
import io.leeway.decision.Lane;
import io.leeway.decision.Work;
import io.leeway.evidence.StopConfirmation;
import io.leeway.evidence.StopConfirmations;
import io.leeway.model.Refusal;
import io.leeway.security.Endpoint;
import io.leeway.security.Principal;
import io.quarkus.qute.TemplateInstance;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Kill switches: one person places, after a look at what it will hold; two people release. */
@Path(ConsoleGate.ROOT + "/stops")
@Produces(Pages.HTML)
class StopPages {
    private static final Endpoint PLACE = new Endpoint("POST", "/v1/stops");
    private static final int A_PAGE = 50;

    /** What is said after something was done: its address names it, nothing in the address is shown. */
    private static final Map<String, String> DONE = Map.of(
            "part-asked",
                    "Your word for that part is noted. The stop still holds all of it until a second person agrees.",
            "narrowed", "That part is let go. The stop holds on for the rest.",
            "placed", "The stop holds. No replica decides without it any more.",
            "begun", "The drill has begun. It holds nothing; agents are told and are to acknowledge it.",
            "asked", "Your part of the release is noted. The stop still holds until a second person agrees.",
            "ended", "The drill is over.",
            "released", "The stop is released. What it held is decided by the policy again.");

    /** What is said where it was tried, and how it is answered. */
    private static final Map<Refusal.Kind, Integer> STATUS =
            Map.of(Refusal.Kind.CONFLICT, 409, Refusal.Kind.INVALID, 422);

    private final Pages pages;
    private final Stops stops;
    private final StopPreviews previews;
    private final StopConfirmations confirmations;
    private final Lane lane;
    private final Callers callers;

    StopPages(
            Pages pages,
            Stops stops,
            StopPreviews previews,
            StopConfirmations confirmations,
            Lane lane,
            Callers callers) {
        this.pages = pages;
        this.stops = stops;
        this.previews = previews;
        this.confirmations = confirmations;
        this.lane = lane;
        this.callers = callers;
    }

    @GET
    @Blocking
    @May("GET /v1/stops")
    public CompletionStage<Response> list(
            @RestQuery @Nullable String done, @RestQuery @Nullable String before, @Context RoutingContext routing) {
        String note = done == null ? "" : DONE.getOrDefault(done, "");
        long from = before != null && before.matches("[0-9]{1,18}") ? Long.parseLong(before) : Long.MAX_VALUE;
        return pages.read(routing, reader -> list(reader, StopForm.EMPTY, note, "", from));
    }

    @GET
    @Path("/{id}")
    @Blocking
    @May("GET /v1/stops/{id}")
    public CompletionStage<Response> stop(@RestPath String id, @Context RoutingContext routing) {
        return pages.read(routing, reader -> detail(id, reader));
    }

    private TemplateInstance detail(String id, Principal reader) {
        StopConfirmation known = Ids.parse(id).flatMap(confirmations::find).orElseThrow(StopPages::unknown);
        StopDetail detail = StopDetail.of(known, StopList.Card.of(known.stop(), reader), reader.may(PLACE));
        return Templates.stop(new Frame("Stop", Frame.STOPS, reader), detail);
    }

    private static Refusal unknown() {
        return new Refusal(Refusal.Kind.NOT_FOUND, "STOP_NOT_FOUND", "There is no such stop.");
    }

    /** A part of the list's page, for whoever fills in its form: what the stop would hold as it stands there. */
    @GET
    @Path("/scope")
    @Blocking
    @May("POST /v1/stops")
    public CompletionStage<Response> scope(
            @RestQuery @Nullable String kind, @RestQuery @Nullable String value, @Context RoutingContext routing) {
        return pages.read(
                routing,
                reader -> Templates.stopScope(StopForm.scope(kind, value)
                        .map(scope -> previews.of(scope, reader))
                        .orElse(null)));
    }

    /** Changes nothing: shows once more what the stop would hold, with the button that places it. */
    @POST
    @Path("/review")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Blocking
    @May("POST /v1/stops")
    public CompletionStage<Response> review(
            @RestForm @Nullable String kind,
            @RestForm @Nullable String value,
            @RestForm @Nullable String level,
            @RestForm @Nullable String drill,
            @RestForm @Nullable String reason,
            @Context RoutingContext routing) {
        StopForm form = StopForm.read(kind, value, level, drill, reason);
        return form.isValid()
                ? pages.read(
                        routing,
                        reader -> Templates.stopReview(
                                new Frame("Place a stop", Frame.STOPS, reader),
                                form,
                                previews.of(form.scope(), reader)))
                : unfit(form, routing);
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Blocking
    @May("POST /v1/stops")
    public CompletionStage<Response> place(
            @RestForm @Nullable String kind,
            @RestForm @Nullable String value,
            @RestForm @Nullable String level,
            @RestForm @Nullable String drill,
            @RestForm @Nullable String reason,
            @Context RoutingContext routing) {
        StopForm form = StopForm.read(kind, value, level, drill, reason);
        if (!form.isValid()) {
            return unfit(form, routing);
        }
        Principal reader = Pages.reader(routing);
        CompletableFuture<Stop> placed = perform(reader, tx -> stops.place(tx, reader.actor(), form.asked()));
        return answer(
                routing,
                placed,
                stop -> "/console/stops?done=" + (stop.isDrill() ? "begun" : "placed") + "#stop-" + stop.id());
    }

    /** Of the whole, or of a part where one is named. */
    @POST
    @Path("/{id}/release")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Blocking
    @May("POST /v1/stops/{id}/release")
    public CompletionStage<Response> release(
            @RestPath String id,
            @RestForm @Nullable String kind,
            @RestForm @Nullable String value,
            @RestForm @Nullable String reason,
            @Context RoutingContext routing) {
        UUID stop = Ids.parse(id).orElseThrow(StopPages::unknown);
        if (kind != null) {
            return releaseFirst(stop, StopForm.read(kind, value, null, null, reason), routing);
        }
        Principal reader = Pages.reader(routing);
        String why = reason == null ? "" : reason.strip().replaceAll("\\s+", " ");
        CompletableFuture<Release> released = perform(reader, tx -> stops.release(tx, reader.actor(), stop, why));
        return answer(routing, released, release -> "/console/stops?done=" + done(release) + "#stop-" + stop);
    }

    private CompletionStage<Response> releaseFirst(UUID stop, StopForm part, RoutingContext routing) {
        if (!part.isValid()) {
            String fault = part.faults().stream().map(StopForm.Fault::message).collect(Collectors.joining(" "));
            return pages.answer(routing, 422, reader -> list(reader, StopForm.EMPTY, "", fault, Long.MAX_VALUE));
        }
        Principal reader = Pages.reader(routing);
        CompletableFuture<Release> released =
                perform(reader, tx -> stops.releaseFirst(tx, reader.actor(), stop, part.scope(), part.reason()));
        return answer(
                routing,
                released,
                release -> "/console/stops?done=" + (release.complete() ? "narrowed" : "part-asked") + "#stop-" + stop);
    }

    private static String done(Release release) {
        if (!release.complete()) {
            return "asked";
        }
        return release.stop().isDrill() ? "ended" : "released";
    }

    private <T> CompletableFuture<T> perform(Principal reader, Work<T> work) {
        return lane.run(callers.caller(reader), work);
    }

    /** To where it is shown; or the list with what kept it from being done. */
    private <T> CompletionStage<Response> answer(
            RoutingContext routing, CompletableFuture<T> done, Function<T, String> shownAt) {
        // What takes longer than a redirect is made on another thread: this may be the lane's.
        return done.handle((result, failure) -> failure == null
                        ? CompletableFuture.completedFuture(Pages.goTo(shownAt.apply(result)))
                        : refused(routing, failure))
                .thenCompose(Function.identity());
    }

    private CompletionStage<Response> refused(RoutingContext routing, Throwable failure) {
        if (Pages.cause(failure) instanceof Refusal refusal && STATUS.containsKey(refusal.kind())) {
            return pages.answer(
                    routing,
                    STATUS.get(refusal.kind()),
                    reader -> list(reader, StopForm.EMPTY, "", fault(refusal), Long.MAX_VALUE));
        }
        return pages.failed(routing, failure);
    }

    private static String fault(Refusal refusal) {
        return refusal.violations().stream()
                .map(violation -> " It " + violation.message() + ".")
                .collect(Collectors.joining("", refusal.detail(), ""));
    }

    private CompletionStage<Response> unfit(StopForm form, RoutingContext routing) {
        return pages.answer(routing, 422, reader -> list(reader, form, "", "", Long.MAX_VALUE));
    }

    private TemplateInstance list(Principal reader, StopForm form, String done, String fault, long before) {
        List<Stop> found = stops.list(before, A_PAGE);
        List<Stop> inForce = stops.inForce();
        return Templates.stops(
                new Frame("Stops", Frame.STOPS, reader),
                new StopList(
                        cards(inForce, stop -> !stop.isDrill(), reader),
                        cards(inForce, Stop::isDrill, reader),
                        cards(found, stop -> stop.state() == Stop.State.RELEASED, reader),
                        form,
                        done,
                        fault,
                        reader.may(PLACE),
                        before == Long.MAX_VALUE,
                        found.size() < A_PAGE ? 0 : found.get(found.size() - 1).position()));
    }

    private static List<StopList.Card> cards(List<Stop> stops, Predicate<Stop> which, Principal reader) {
        return stops.stream()
                .filter(which)
                .map(stop -> StopList.Card.of(stop, reader))
                .toList();
    }
}
