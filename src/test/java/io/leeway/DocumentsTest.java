package io.leeway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents point at exists, and what they show can be read. */
class DocumentsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final Path OPEN_API = ROOT.resolve("src/test/resources/golden/openapi.yaml");
    private static final Set<String> COMMANDS = Set.of(
            "serve", "demo", "decide", "vocabulary", "new", "check", "test", "explain", "convert", "diff", "propose");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern COMMAND = Pattern.compile("\\./leeway\\s+([a-z]+)");
    private static final Pattern JSON_BLOCK = Pattern.compile("(?ms)^```json\\n(.*?)^```$");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+)$");
    private static final Pattern ENDPOINT = Pattern.compile("(?<![\\w.])/v1/[\\w/{}.-]*[\\w}]");

    private static final Pattern CODES_OF_STATUS = Pattern.compile("(?m)^\\| [45]\\d\\d[^|]*\\|([^|]*)\\|");
    private static final Pattern CODE = Pattern.compile("`([A-Z_]+)`");
    private static final Pattern CODE_LITERAL = Pattern.compile("\"([A-Z_]{3,})\"");

    @Test
    void relativeLinksLeadToAFileAndToAHeadingInIt() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path document : documents()) {
            for (String target : group(LINK, withoutCode(document))) {
                if (target.contains("://")) {
                    continue;
                }
                links++;
                String[] parts = target.split("#", 2);
                Path file = parts[0].isEmpty()
                        ? document
                        : document.resolveSibling(parts[0]).normalize();
                if (!Files.exists(file)) {
                    broken.add(name(document) + ": no such file: " + target);
                } else if (parts.length == 2 && !anchors(file).contains(parts[1])) {
                    broken.add(name(document) + ": no such heading: " + target);
                }
            }
        }
        assertThat(links).as("links found").isPositive();
        assertThat(broken).isEmpty();
    }

    @Test
    void namedCommandsAreCommandsOfTheLauncher() throws IOException {
        List<String> named = new ArrayList<>();
        for (Path document : documents()) {
            named.addAll(group(COMMAND, Files.readString(document)));
        }
        assertThat(named).contains("demo", "serve").isSubsetOf(COMMANDS);
    }

    @Test
    void jsonBlocksAreJson() throws IOException {
        ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        List<String> broken = new ArrayList<>();
        int blocks = 0;
        for (Path document : documents()) {
            for (String block : group(JSON_BLOCK, Files.readString(document))) {
                blocks++;
                try {
                    json.readTree(block);
                } catch (JsonProcessingException e) {
                    broken.add(name(document) + ": " + e.getOriginalMessage() + " in\n" + block);
                }
            }
        }
        assertThat(blocks).as("JSON blocks found").isPositive();
        assertThat(broken).isEmpty();
    }

    @Test
    void namedEndpointsAreServed() throws IOException {
        assumeThat(OPEN_API).as("the golden OpenAPI document").exists();
        JsonNode paths =
                new ObjectMapper(new YAMLFactory()).readTree(OPEN_API.toFile()).path("paths");
        List<Pattern> served = new ArrayList<>();
        paths.fieldNames()
                .forEachRemaining(path ->
                        served.add(Pattern.compile("\\Q" + path.replaceAll("\\{[^}]*\\}", "\\\\E[^/]+\\\\Q") + "\\E")));
        List<String> unknown = new ArrayList<>();
        for (Path document : documents()) {
            for (String endpoint : group(ENDPOINT, Files.readString(document))) {
                if (served.stream().noneMatch(path -> path.matcher(endpoint).matches())) {
                    unknown.add(name(document) + ": " + endpoint);
                }
            }
        }
        assertThat(served).isNotEmpty();
        assertThat(unknown).isEmpty();
    }

    @Test
    void errorCodesNamedForIntegratorsStandInTheCode() throws IOException {
        String guide = Files.readString(ROOT.resolve("docs/integrators.md"));
        Set<String> named = new TreeSet<>();
        for (String codes : group(CODES_OF_STATUS, guide)) {
            named.addAll(group(CODE, codes));
        }
        Set<String> known = new HashSet<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("src/main/java"))) {
            for (Path file :
                    files.filter(found -> found.toString().endsWith(".java")).toList()) {
                known.addAll(group(CODE_LITERAL, Files.readString(file)));
            }
        }
        assertThat(named)
                .contains("MALFORMED_JSON", "PERMIT_CONSUMED", "LEDGER_UNAVAILABLE")
                .isSubsetOf(known);
    }

    @Test
    void everyDecisionRecordIsInTheIndex() throws IOException {
        Path directory = ROOT.resolve("docs/adr");
        List<String> listed = group(LINK, Files.readString(directory.resolve("README.md")));
        try (Stream<Path> files = Files.list(directory)) {
            List<String> records = files.map(file -> file.getFileName().toString())
                    .filter(file -> !file.equals("README.md"))
                    .sorted()
                    .toList();
            assertThat(records).isNotEmpty();
            assertThat(listed).containsExactlyElementsOf(records);
        }
    }

    private static List<Path> documents() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path directory : List.of(ROOT, ROOT.resolve("docs"))) {
            try (Stream<Path> files = Files.walk(directory, directory.equals(ROOT) ? 1 : Integer.MAX_VALUE)) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(found::add);
            }
        }
        assertThat(found).extracting(DocumentsTest::name).contains("README.md", "docs/adr/0001-fail-closed.md");
        return found;
    }

    /** What GitHub makes of the headings. */
    private static Set<String> anchors(Path document) throws IOException {
        Set<String> anchors = new HashSet<>();
        for (String heading : group(HEADING, withoutCode(document))) {
            anchors.add(heading.strip()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-'));
        }
        return anchors;
    }

    private static String withoutCode(Path document) throws IOException {
        return CODE_BLOCK.matcher(Files.readString(document)).replaceAll("");
    }

    private static List<String> group(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.groupCount() == 0 ? match.group() : match.group(1))
                .toList();
    }

    private static String name(Path document) {
        return ROOT.relativize(document).toString();
    }
}
