package io.leeway.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * The keys of the demo, one a role, made through the API with the first start's admin key and kept beside it.
 *
 * <p>Each line of the file is {@code role=key}; only its owner can read it.
 */
final class DemoKeys {
    private static final List<String> ROLES = List.of("agent", "operator", "compliance");

    private final Properties keys;

    private DemoKeys(Properties keys) {
        this.keys = keys;
    }

    static Path file(Path dataDirectory) {
        return dataDirectory.resolve("demo.keys");
    }

    /** Those of an earlier run while they are good, else new ones. */
    static DemoKeys prepare(URI service, Path dataDirectory) {
        Path file = file(dataDirectory);
        try {
            if (Files.exists(file)) {
                DemoKeys kept = new DemoKeys(parse(Files.readString(file)));
                if (kept.stillGood(service)) {
                    return kept;
                }
            }
            Path adminKey = dataDirectory.resolve("admin.key");
            if (!Files.exists(adminKey)) {
                throw CommandException.failed("`" + file + "` holds no keys that are good, and `" + adminKey
                        + "` to make some is gone; delete `" + dataDirectory + "` to start the demo anew");
            }
            String text = create(new ServiceClient(service, Files.readString(adminKey)), dataDirectory);
            write(file, text);
            return new DemoKeys(parse(text));
        } catch (IOException e) {
            throw CommandException.failed("the keys in `" + dataDirectory + "` cannot be used: " + e.getMessage());
        }
    }

    ServiceClient as(String role, URI service) {
        return new ServiceClient(service, keys.getProperty(role, ""));
    }

    private boolean stillGood(URI service) {
        return ROLES.stream().allMatch(keys::containsKey)
                && as("operator", service).get("/v1/stages").succeeded();
    }

    private static String create(ServiceClient admin, Path dataDirectory) {
        StringBuilder lines = new StringBuilder();
        for (String role : ROLES) {
            var body = JsonNodeFactory.instance.objectNode().put("name", "demo-" + role);
            body.putArray("roles").add(role);
            body.put("expiresIn", "P30D");
            ServiceClient.Answer answer = admin.post("/v1/keys", body);
            if (!answer.succeeded()) {
                throw CommandException.failed("the admin key in `" + dataDirectory + "` is no longer good: "
                        + answer.problem() + "\ndelete `" + dataDirectory + "` to start the demo anew");
            }
            lines.append(role)
                    .append('=')
                    .append(answer.body().path("key").asText())
                    .append('\n');
        }
        return lines.toString();
    }

    private static Properties parse(String text) throws IOException {
        Properties keys = new Properties();
        keys.load(new StringReader(text));
        return keys;
    }

    private static void write(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        try (var channel = Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.write(StandardCharsets.UTF_8.encode(text));
        }
    }
}
