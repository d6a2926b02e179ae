package io.leeway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The container files, read and linted: what cannot be run everywhere is at least well formed and safe. */
class DockerFilesTest {
    private static final Path DOCKERFILE = Path.of("docker/Dockerfile");
    private static final Set<String> INSTRUCTIONS = Set.of(
            "FROM", "RUN", "WORKDIR", "COPY", "ENV", "VOLUME", "EXPOSE", "USER", "HEALTHCHECK", "ENTRYPOINT", "CMD");

    /** A tag with at least major and minor version. */
    private static final Pattern PINNED = Pattern.compile("[a-z0-9./-]+:[0-9]+\\.[0-9]+[A-Za-z0-9._-]*");

    @Test
    void theDockerfileIsWellFormedAndSafe() throws IOException {
        assertThat(lint(Files.readString(DOCKERFILE), Files.readString(Path.of(".dockerignore"))))
                .isEmpty();
    }

    @Test
    void theLintFindsWhatIsWrong() {
        String wrong = """
                FROM postgres
                FORM x
                COPY nowhere there
                COPY src/test tests
                RUN echo hidden \\
                    && echo COPY
                USER root
                """;
        assertThat(lint(wrong, "src/test\n"))
                .containsExactly(
                        "`postgres` is not pinned",
                        "`FORM` is no instruction",
                        "`nowhere` is not there to copy",
                        "`src/test` is kept out by .dockerignore",
                        "runs as `root`",
                        "no health check",
                        "no entry point");
    }

    @Test
    void theImageKeepsItsDataApartAndSaysWhereItListens() throws IOException {
        assertThat(instructions(Files.readString(DOCKERFILE)))
                .contains("VOLUME /data", "EXPOSE 8080", "USER 10001:10001")
                .anySatisfy(line -> assertThat(line)
                        .startsWith("ENV ")
                        .contains("LEEWAY_DATA_DIR=/data", "QUARKUS_HTTP_HOST=0.0.0.0", "JAVA_OPTS_APPEND="))
                .anySatisfy(line -> assertThat(line).startsWith("HEALTHCHECK ").contains("/q/health/ready"))
                .anySatisfy(
                        line -> assertThat(line).startsWith("ENTRYPOINT ").contains("$JAVA_OPTS_APPEND", "exec java"));
    }

    @Test
    void composeStartsNothingWithoutAPassword() throws IOException {
        JsonNode services = compose().path("services");
        assertThat(services.at("/leeway/environment/QUARKUS_DATASOURCE_PASSWORD")
                        .asText())
                .startsWith("${LEEWAY_DB_PASSWORD:?");
        assertThat(services.at("/postgres/environment/POSTGRES_PASSWORD").asText())
                .startsWith("${LEEWAY_DB_PASSWORD:?");
        assertThat(Files.readString(Path.of(".gitignore"))).contains(".env");
    }

    @Test
    void composeWaitsForAHealthyDatabaseOfItsOwn() throws IOException {
        JsonNode services = compose().path("services");
        assertThat(services.at("/leeway/depends_on/postgres/condition").asText())
                .isEqualTo("service_healthy");
        assertThat(services.at("/postgres/healthcheck/test/1").asText()).isEqualTo("pg_isready");
        assertThat(services.at("/postgres/image").asText()).matches("postgres:18\\.[0-9]+");
        assertThat(services.at("/leeway/environment/QUARKUS_DATASOURCE_JDBC_URL")
                        .asText())
                .isEqualTo("jdbc:postgresql://postgres:5432/leeway");
        assertThat(services.at("/postgres").has("ports"))
                .as("only the service reaches it")
                .isFalse();
    }

    @Test
    void composeIsReachableFromThisMachineAloneAndKeepsItsVolumes() throws IOException {
        JsonNode compose = compose();
        assertThat(compose.at("/services/leeway/ports/0").asText()).startsWith("127.0.0.1:");
        for (JsonNode service : compose.path("services")) {
            for (JsonNode volume : service.path("volumes")) {
                String name = volume.asText().split(":", 2)[0];
                assertThat(compose.path("volumes").has(name)).as(name).isTrue();
            }
        }
        Path context = Path.of("docker")
                .resolve(compose.at("/services/leeway/build/context").asText());
        assertThat(context.resolve(
                        compose.at("/services/leeway/build/dockerfile").asText()))
                .exists();
    }

    private static JsonNode compose() throws IOException {
        return new YAMLMapper().readTree(Files.readString(Path.of("docker/compose.yaml")));
    }

    private static List<String> lint(String dockerfile, String ignored) {
        List<String> problems = new ArrayList<>();
        String user = "root";
        List<String> seen = new ArrayList<>();
        for (String line : instructions(dockerfile)) {
            String[] words = line.split("\\s+");
            seen.add(words[0]);
            switch (words[0]) {
                case "FROM" -> {
                    if (!PINNED.matcher(words[1]).matches()) {
                        problems.add("`" + words[1] + "` is not pinned");
                    }
                }
                case "COPY" -> copySources(words).forEach(source -> checkSource(source, ignored, problems));
                case "USER" -> user = words[1];
                default -> {
                    if (!INSTRUCTIONS.contains(words[0])) {
                        problems.add("`" + words[0] + "` is no instruction");
                    }
                }
            }
        }
        if (user.startsWith("root") || user.startsWith("0")) {
            problems.add("runs as `" + user + "`");
        }
        if (!seen.contains("HEALTHCHECK")) {
            problems.add("no health check");
        }
        if (!seen.contains("ENTRYPOINT")) {
            problems.add("no entry point");
        }
        return problems;
    }

    /** What is copied out of the repository; a copy out of another stage is made by that stage. */
    private static List<String> copySources(String... words) {
        return words[1].startsWith("--from=") ? List.of() : List.of(words).subList(1, words.length - 1);
    }

    private static void checkSource(String source, String ignored, List<String> problems) {
        if (!Files.exists(Path.of(source))) {
            problems.add("`" + source + "` is not there to copy");
        }
        if (ignored.lines().anyMatch(entry -> source.equals(entry) || source.startsWith(entry + "/"))) {
            problems.add("`" + source + "` is kept out by .dockerignore");
        }
    }

    /** One line an instruction, without comments. */
    private static List<String> instructions(String dockerfile) {
        return dockerfile
                .replaceAll("(?m)^\\s*#.*\\R", "")
                .replaceAll("\\\\\\R\\s*", " ")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }
}
