package io.leeway.api;

import static io.leeway.api.TestKeys.as;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.api.json.JsonCases;
import io.leeway.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Malformed and hostile bodies over HTTP: a problem document that says where, never a failure, and nothing is recorded. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class MalformedBodiesIT {
    @Test
    void areRefusedWithTheirPlacesAndRecordedNowhere() {
        as("agent");
        List<JsonCases.JsonCase> cases = JsonCases.in("malformed-json").toList();
        assertThat(cases).hasSizeGreaterThan(250);
        long before = Ledger.size();
        SoftAssertions.assertSoftly(softly -> {
            for (JsonCases.JsonCase refused : cases) {
                for (String path : List.of("/v1/decisions", "/v1/simulations")) {
                    Response response = as("agent")
                            .contentType("application/json")
                            .body(refused.body())
                            .post(path);
                    String name = path + " " + refused.name();
                    softly.assertThat(response.statusCode()).as(name).isEqualTo(refused.status());
                    softly.assertThat(response.contentType()).as(name).startsWith("application/problem+json");
                    softly.assertThat(response.jsonPath().getString("code"))
                            .as(name)
                            .isEqualTo(refused.code());
                    softly.assertThat(response.jsonPath().getInt("status"))
                            .as(name)
                            .isEqualTo(refused.status());
                    if (!refused.pointers().isEmpty()) {
                        softly.assertThat(response.jsonPath().getList("violations.pointer", String.class))
                                .as(name)
                                .isEqualTo(refused.pointers());
                    }
                }
            }
        });
        assertThat(Ledger.size()).isEqualTo(before);
    }
}
