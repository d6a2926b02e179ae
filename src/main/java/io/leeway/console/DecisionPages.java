package io.leeway.console;

import io.leeway.decision.Decision;
import io.leeway.decision.Decisions;
import io.leeway.decision.RecordedDecision;
import io.leeway.evidence.Explanations;
import io.leeway.ledger.Reads;
import io.leeway.model.Refusal;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.release.PolicyVersion;
import io.leeway.policy.release.PolicyVersions;
import io.leeway.security.Principal;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestPath;

/** Decisions: which there are, and one of them explained. */
@Path(ConsoleGate.ROOT + "/decisions")
@Produces(Pages.HTML)
class DecisionPages {
    private static final int A_PAGE = 25;

    private final Pages pages;
    private final Decisions decisions;
    private final Explanations explanations;
    private final PolicyVersions versions;

    DecisionPages(Pages pages, Decisions decisions, Explanations explanations, PolicyVersions versions) {
        this.pages = pages;
        this.decisions = decisions;
        this.explanations = explanations;
        this.versions = versions;
    }

    @GET
    @Blocking
    @May("GET /v1/decisions")
    public CompletionStage<Response> list(@Context UriInfo uri, @Context RoutingContext routing) {
        DecisionFilter filter = DecisionFilter.read(uri.getQueryParameters());
        return pages.answer(
                routing,
                filter.faults().isEmpty() ? 200 : 422,
                reader -> Templates.decisions(new Frame("Decisions", Frame.DECISIONS, reader), list(filter, reader)));
    }

    @GET
    @Path("/{id}")
    @Blocking
    @May("GET /v1/decisions/{id}/explanation")
    public CompletionStage<Response> decision(@RestPath String id, @Context RoutingContext routing) {
        return pages.read(routing, reader -> explained(id, reader));
    }

    private DecisionList list(DecisionFilter filter, Principal reader) {
        if (!filter.faults().isEmpty()) {
            return new DecisionList(filter, List.of(), "");
        }
        List<DecisionLine> found = decisions.search(filter.query(reader, A_PAGE)).stream()
                .map(DecisionLine::of)
                .toList();
        return new DecisionList(
                filter,
                found,
                found.size() < A_PAGE
                        ? ""
                        : filter.after(found.get(found.size() - 1).position()));
    }

    private TemplateInstance explained(String id, Principal reader) {
        RecordedDecision recorded = Ids.parse(id)
                .flatMap(decisions::find)
                .filter(found -> reader.sees(found.agent()))
                .orElseThrow(() -> new Refusal(
                        Refusal.Kind.NOT_FOUND, "UNKNOWN_DECISION", "There is no such decision, or not for your key."));
        ExplainedDecision decision = ExplainedDecision.of(recorded, explanations.explain(recorded), files(recorded));
        return Templates.decision(new Frame(decision.title(), Frame.DECISIONS, reader), decision);
    }

    /** Of the version that decided; none when it is not stored. */
    private List<PolicyFile> files(RecordedDecision recorded) {
        Decision.PolicyReference policy = recorded.decision().policy();
        if (policy == null) {
            return List.of();
        }
        try {
            Optional<PolicyVersion> version = versions.withDigest(policy.digest());
            return version.isEmpty() ? List.of() : versions.files(version.get().name());
        } catch (SQLException e) {
            throw Reads.unreadable();
        }
    }
}
