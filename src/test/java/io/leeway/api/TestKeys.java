package io.leeway.api;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Keys of a running service, made over HTTP as an admin makes them. The admin key is the one of the first start, which stays
 * valid since no other admin key is made.
 */
public final class TestKeys {
    private TestKeys() {}

    /** A request by the holder of that role; each role's key is made once in a run. */
    public static RequestSpecification as(String role) {
        return with(role.equals("admin") ? admin() : remembered(role));
    }

    /** A request by a second person in that role. */
    public static RequestSpecification asSecond(String role) {
        return with(remembered(role + "#2"));
    }

    /** A request with that key. */
    public static RequestSpecification with(String key) {
        return given().filter(new AskAgain()).header("Authorization", "Bearer " + key);
    }

    /** A new key. */
    public static String create(String name, List<String> roles, List<String> agents) {
        return with(admin())
                .contentType("application/json")
                .body(Map.of("name", name, "roles", roles, "agents", agents))
                .post("/v1/keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
    }

    public static String admin() {
        try {
            return Files.readString(Path.of(System.getProperty("leeway.test.data-dir"), "admin.key"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In a system property, since the class may be loaded more than once in a run. */
    private static synchronized String remembered(String person) {
        String property = "leeway.test.key." + person;
        String key = System.getProperty(property);
        if (key == null) {
            String role = person.replace("#2", "");
            key = create("test " + person, List.of(role), List.of());
            System.setProperty(property, key);
        }
        return key;
    }
}
