package io.leeway.api;

import static io.leeway.api.TestKeys.as;
import static io.leeway.api.TestKeys.asSecond;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * An agent platform's key, and what operators say of it.
 *
 * @param secret as its holder presents it
 */
public record ObservedKey(String secret) {
    /** A key for any agent, enforced as all are. */
    public static ObservedKey enforced() {
        return new ObservedKey(TestKeys.create("platform " + DecisionApiIT.id(), List.of("agent"), List.of()));
    }

    /** One that two operators let be observed for that long. */
    public static ObservedKey observed(Duration life) {
        ObservedKey key = enforced();
        key.observe(life);
        return key;
    }

    String id() {
        return secret.split("_", 3)[1];
    }

    void observe(Duration life) {
        String body = body(Instant.now().plus(life));
        set(as("operator"), body).then().statusCode(202);
        set(asSecond("operator"), body).then().statusCode(200);
    }

    void enforce() {
        set(as("operator"), "{\"enforcement\":\"ENFORCE\",\"reason\":\"It has seen enough.\"}")
                .then()
                .statusCode(200);
    }

    static String body(Instant until) {
        return "{\"enforcement\":\"OBSERVE\",\"until\":\"" + until + "\",\"reason\":\"Only looking.\"}";
    }

    Response set(RequestSpecification by, String body) {
        return by.contentType("application/json").body(body).put("/v1/keys/" + id() + "/enforcement");
    }

    Response post(String path, String body) {
        return TestKeys.with(secret).contentType("application/json").body(body).post(path);
    }

    /** The verdict on a proposal. */
    public JsonPath decide(String proposal) {
        return post("/v1/decisions", proposal).then().statusCode(200).extract().jsonPath();
    }
}
