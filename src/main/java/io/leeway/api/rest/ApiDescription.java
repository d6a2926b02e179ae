package io.leeway.api.rest;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Adds to the API's description what holds for every operation: how errors look, and who is let in. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ApiDescription implements OASFilter {
    private static final Map<String, String> EVERYWHERE = Map.of(
            "401", "No key, or one that does not hold",
            "403", "No role of the key allows it",
            "500", "The service failed",
            "503", "The ledger cannot record or be read now: treat the action as human in control");

    private static final Map<String, String> WITH_BODY = Map.of(
            "400", "Not JSON, or JSON that has more than one meaning",
            "413", "More than 256 KiB",
            "415", "Not application/json",
            "422", "Against the contract; `violations` has every place",
            "429", "More is waiting than can be decided in time");

    @Override
    public void filterOpenAPI(OpenAPI description) {
        description
                .getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().values().forEach(operation -> {
                    EVERYWHERE.forEach((status, text) -> add(operation, status, text));
                    if (operation.getRequestBody() != null) {
                        WITH_BODY.forEach((status, text) -> add(operation, status, text));
                    }
                    if (takesQuery(operation)) {
                        add(operation, "400", "A query parameter that is unknown or out of range");
                    }
                    if (path.contains("{")) {
                        add(operation, "404", "Nothing there, or not for this key");
                    }
                }));
        description.getPaths().getPathItems().values().forEach(ApiDescription::sortResponses);
    }

    private static boolean takesQuery(Operation operation) {
        return operation.getRequestBody() == null && operation.getParameters() != null;
    }

    private static void add(Operation operation, String status, String text) {
        if (!operation.getResponses().hasAPIResponse(status)) {
            APIResponse response = OASFactory.createAPIResponse()
                    .description(text)
                    .content(OASFactory.createContent()
                            .addMediaType(
                                    "application/problem+json",
                                    OASFactory.createMediaType()
                                            .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"))));
            operation.getResponses().addAPIResponse(status, response);
        }
    }

    private static void sortResponses(PathItem item) {
        item.getOperations().values().forEach(operation -> {
            Map<String, APIResponse> responses =
                    Map.copyOf(operation.getResponses().getAPIResponses());
            List.copyOf(responses.keySet()).forEach(operation.getResponses()::removeAPIResponse);
            responses.keySet().stream()
                    .sorted()
                    .forEach(status -> operation.getResponses().addAPIResponse(status, responses.get(status)));
        });
    }
}
