package io.leeway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.leeway.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide to adopting, followed command by command with curl, by a platform and two operators. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class AdoptingGuideIT {
    @TempDir
    Path directory;

    @Test
    void everythingInTheGuideIsAsItSays() throws Exception {
        assumeThat(Guide.hasTools()).as("curl and jq").isTrue();
        Map<String, String> environment = Map.of(
                "LEEWAY",
                "http://localhost:" + RestAssured.port,
                "PLATFORM",
                TestKeys.create("adopting platform", List.of("agent"), List.of("adopting-bot")),
                "OPERATOR",
                TestKeys.create("adopting operator", List.of("operator"), List.of()),
                "SECOND",
                TestKeys.create("other adopting operator", List.of("operator"), List.of()));
        Guide guide = new Guide(Path.of("docs/adopting.md"), directory, "ID SINCE UNTIL", "observe propose");
        assertThat(guide.follow(environment, (what, in) -> {})).isEmpty();
    }
}
