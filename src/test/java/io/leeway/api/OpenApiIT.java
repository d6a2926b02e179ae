package io.leeway.api;

import static io.leeway.api.TestKeys.as;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The published contract changes only on purpose. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class OpenApiIT {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/openapi.yaml");

    @Test
    void describesTheContractAsItWasAgreed() throws IOException {
        // Where the service listens differs from run to run.
        String described = as("agent").get("/q/openapi").asString().replaceAll("(?m)^servers:\\n(^[- ].*\\n)+", "");
        if (Boolean.getBoolean("leeway.test.update-golden")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, described);
        }
        assertThat(described)
                .as(
                        "the API's description differs; if that is meant, run this test with -Dleeway.test.update-golden=true"
                                + " and commit %s",
                        GOLDEN)
                .isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void everyOperationSaysWhatItDoesAndHowItFails() {
        Map<String, Map<String, Map<String, Object>>> paths =
                as("agent").get("/q/openapi?format=json").jsonPath().getMap("paths");
        assertThat(paths).isNotEmpty();
        paths.forEach((path, methods) -> methods.forEach((method, operation) -> {
            assertThat(operation)
                    .as("%s %s", method, path)
                    .containsKeys("summary", "description", "operationId", "tags");
            assertThat(operation.get("responses").toString())
                    .as("%s %s", method, path)
                    .contains("401=", "403=", "503=", "schemas/Problem");
        }));
    }
}
