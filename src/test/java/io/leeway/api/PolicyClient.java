package io.leeway.api;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What one person does about policy versions, over HTTP. */
final class PolicyClient {
    private final Supplier<RequestSpecification> request;

    PolicyClient(Supplier<RequestSpecification> request) {
        this.request = request;
    }

    /** Somebody with a key of his own. */
    static PolicyClient named(String name, List<String> roles) {
        String key = TestKeys.create(name, roles, List.of());
        return new PolicyClient(() -> TestKeys.with(key));
    }

    /** @param files text by file name */
    Response propose(String message, Map<String, String> files) {
        RequestSpecification upload = request.get();
        files.forEach((name, text) ->
                upload.multiPart("file", name, text.getBytes(StandardCharsets.UTF_8), "application/octet-stream"));
        return upload.multiPart("message", message).post("/v1/policies");
    }

    Response get(String path) {
        return request.get().get(path);
    }

    Response approve(String version, Map<String, String> body) {
        return post("/v1/policies/" + version + "/approve", body);
    }

    Response activate(String version) {
        return request.get().post("/v1/policies/" + version + "/activate");
    }

    Response shadow(String version) {
        return request.get().post("/v1/policies/" + version + "/shadow");
    }

    Response rollBack(String version, Map<String, String> body) {
        Map<String, String> all = new HashMap<>(body);
        all.put("version", version);
        return post("/v1/policies/rollback", all);
    }

    /** The name of the version that is active. */
    String active() {
        return get("/v1/policies?limit=500").jsonPath().getString("items.find { it.state == 'ACTIVE' }.version");
    }

    /** Sees to it that it is active, with the consent of a second person if need be. */
    void backTo(String version, PolicyClient second) {
        if (!active().equals(version)) {
            rollBack(version, Map.of("reason", "as it was"));
        }
        if (!active().equals(version)) {
            second.rollBack(version, Map.of("reason", "as it was"));
        }
        if (!active().equals(version)) {
            throw new IllegalStateException("the policy of the other tests is not active again");
        }
    }

    private Response post(String path, Map<String, String> body) {
        return request.get().contentType("application/json").body(body).post(path);
    }
}
