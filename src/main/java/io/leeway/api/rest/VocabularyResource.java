package io.leeway.api.rest;

import io.leeway.policy.ActionType;
import io.leeway.policy.AttributeType;
import io.leeway.policy.PathType;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Vocabulary;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.release.ActivePolicy;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What tables may ask, and what the active version declares. */
@Path("/v1/vocabulary")
@Produces(MediaType.APPLICATION_JSON)
class VocabularyResource {
    private final ActivePolicy activePolicy;
    private final Callers callers;

    VocabularyResource(ActivePolicy activePolicy, Callers callers) {
        this.activePolicy = activePolicy;
        this.callers = callers;
    }

    @GET
    @Blocking
    @Operation(
            operationId = "vocabularyVocabulary",
            summary = "Read the vocabulary",
            description = "The paths that tables may ask for, and what the active version declares.")
    @Tag(name = "Policy")
    @APIResponse(
            responseCode = "200",
            description = "The vocabulary",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = VocabularyView.class)))
    public CompletionStage<VocabularyView> vocabulary(@Context UriInfo uri, @Context RoutingContext routing) {
        new Query(uri).nothingElse();
        return callers.read(routing, reader -> view());
    }

    private VocabularyView view() {
        CompiledPolicy policy = activePolicy.current();
        PolicyTables tables = policy == null ? PolicyTables.NONE : policy.tables();
        return new VocabularyView(
                Vocabulary.entries().stream().map(PathView::of).toList(),
                tables.attributes().values().stream()
                        .sorted(Comparator.comparing(AttributeType::name))
                        .map(AttributeView::of)
                        .toList(),
                tables.actions().values().stream()
                        .sorted(Comparator.comparing(ActionType::type))
                        .map(ActionView::of)
                        .toList(),
                policy == null ? null : new PolicyView(policy.version(), policy.digest()));
    }

    /**
     * @param items the closed list of paths, the same in every version
     * @param attributes what the active version's Vocabulary sheet declares
     * @param actions what its Actions sheet declares; when that is empty, every action type is known
     * @param policy the active version, null when there is none
     */
    @Schema(name = "Vocabulary")
    record VocabularyView(
            List<PathView> items,
            List<AttributeView> attributes,
            List<ActionView> actions,
            @Schema(nullable = true) @Nullable PolicyView policy) {}

    @Schema(name = "VocabularyPath")
    record PathView(String path, PathType type, String unit, String meaning) {
        static PathView of(Vocabulary.Entry entry) {
            return new PathView(entry.path(), entry.type(), entry.unit(), entry.meaning());
        }
    }

    @Schema(name = "VocabularyAttribute")
    record AttributeView(String name, PathType type, String unit, List<String> allowed, String meaning) {
        static AttributeView of(AttributeType type) {
            return new AttributeView(type.name(), type.type(), type.unit(), type.allowed(), type.meaning());
        }
    }

    @Schema(name = "VocabularyAction")
    record ActionView(
            String type,
            String meaning,
            ActionType.AmountRule amount,
            List<EvidenceView> evidence,
            List<ActionAttributeView> attributes) {
        static ActionView of(ActionType type) {
            return new ActionView(
                    type.type(),
                    type.meaning(),
                    type.amount(),
                    type.evidence().entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(one -> new EvidenceView(one.getKey(), one.getValue()))
                            .toList(),
                    type.attributes().entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(one -> new ActionAttributeView(one.getKey(), one.getValue()))
                            .toList());
        }
    }

    @Schema(name = "VocabularyEvidence", description = "Evidence that must be there; `schema` is empty for any.")
    record EvidenceView(String name, String schema) {}

    @Schema(name = "VocabularyActionAttribute")
    record ActionAttributeView(String name, boolean required) {}
}
