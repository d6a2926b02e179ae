package io.leeway.policy;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leeway.model.Action;
import io.leeway.model.Agent;
import io.leeway.model.Attributes;
import io.leeway.model.Effect;
import io.leeway.model.Evidence;
import io.leeway.model.EvidenceSet;
import io.leeway.model.Mode;
import io.leeway.model.Money;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.model.Subject;
import io.leeway.model.Trace;
import io.leeway.policy.table.PolicyReader;
import io.leeway.policy.table.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The workbooks that ship are sound, and say about the stories in {@code examples/} what the stories promise. Rows are
 * matched by a plain loop here, so that a verdict does not depend on an engine.
 */
class ShippedPolicyTest {
    /** A day before any review of the shipped sheets is due. */
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static Reading reading;
    private static List<Row> rows;

    @BeforeAll
    static void read() {
        List<PolicyFile> files = files("decision-tables", ".xlsx").stream()
                .map(file -> new PolicyFile(file.getFileName().toString(), bytes(file)))
                .toList();
        reading = PolicyReader.read(files, TODAY);
        rows = reading.tables() == null ? List.of() : reading.tables().rows();
    }

    @Test
    void nothingIsWrongWithTheShippedWorkbooks() {
        assertThat(reading.findings()).isEmpty();
        assertThat(rows).isNotEmpty();
    }

    @Test
    void everyPartOfTheArticleHasItsTable() {
        Map<String, List<String>> tables =
                rows.stream().collect(groupingBy(Row::file, mapping(row -> row.sheet() + "/" + row.table(), toList())));
        assertThat(tables.get("billing.xlsx"))
                .contains(
                        "Remit/Billing remit",
                        "Safeguards/Freshness",
                        "Safeguards/Confidence",
                        "Safeguards/Amounts and escalation",
                        "Safeguards/Irreversible",
                        "Safeguards/Loops",
                        "Not delegated/Not delegated");
        assertThat(tables.get("logistics.xlsx"))
                .contains(
                        "Remit/Logistics remit",
                        "Safeguards/Freshness",
                        "Safeguards/Confidence",
                        "Safeguards/Costs and escalation",
                        "Safeguards/Irreversible and dangerous",
                        "Safeguards/Promises to customers",
                        "Safeguards/Loops",
                        "Not delegated/Not delegated");
    }

    @Test
    void theFreshnessRowSaysWhereItsLimitStands() {
        Row row = row("FRESH-02");
        assertThat(row.range()).isEqualTo("A13:I13");
        assertThat(row.owner()).isEqualTo("billing-policy@example.com");
        assertThat(row.outcome().effect()).isEqualTo(Effect.REQUIRE);
        assertThat(row.conditions())
                .extracting(condition -> condition.path().text(), Condition::cell)
                .contains(tuple("evidence.staleAfter(\"charge.record\", \"PT15M\")", "C13"));
    }

    @Test
    void nobodyMayBeAskedToLiftASafetyHold() {
        Row row = row("LOG-NEVER-02");
        assertThat(row.outcome().effect()).isEqualTo(Effect.PROHIBIT);
        assertThat(row.owner()).isEqualTo("safety@example.com");
        assertThat(row.regulation()).isNotBlank();
    }

    @Test
    void noAutonomousGrantLacksALimitOnMoney() {
        PolicyTables tables = reading.tables();
        assertThat(tables).isNotNull();
        List<String> unlimited = new ArrayList<>();
        int limits = 0;
        for (Row row : rows) {
            if (row.isAuthority() && row.outcome().mode() == Mode.AUTONOMOUS) {
                boolean limited =
                        paths(row).containsAll(Set.of("action.amount", "action.currency", "action.reversible"));
                limits += limited ? 1 : 0;
                for (String type : types(row)) {
                    if (!limited && tables.actions().get(type).amount() != ActionType.AmountRule.FORBIDDEN) {
                        unlimited.add(row.id() + " for " + type);
                    }
                }
            }
        }
        assertThat(limits).as("limited grants").isEqualTo(8);
        assertThat(unlimited).isEmpty();
    }

    /** Leaving a value out must not help: what a safeguard asks about is needed by the grants on the same actions. */
    @Test
    void noSafeguardIsEvadedByLeavingAValueOut() {
        PolicyTables tables = reading.tables();
        assertThat(tables).isNotNull();
        List<String> evaded = new ArrayList<>();
        int asked = 0;
        for (Row safeguard : rows) {
            for (Row grant : rows) {
                if (safeguard.isAuthority()
                        || !grant.isAuthority()
                        || grant.outcome().mode() != Mode.AUTONOMOUS) {
                    continue;
                }
                for (String type : types(grant)) {
                    for (String path : maybeAbsent(safeguard, type)) {
                        asked++;
                        if (!paths(grant).contains(path)
                                && !isRequired(tables.actions().get(type), path)) {
                            evaded.add(safeguard.id() + " on " + path + ", by " + grant.id() + " for " + type);
                        }
                    }
                }
            }
        }
        assertThat(asked).as("pairs of safeguard and grant looked at").isPositive();
        assertThat(evaded).isEmpty();
    }

    /** The paths that the row asks about and a proposal of the type may lack; empty when the row is not about the type. */
    private static List<String> maybeAbsent(Row row, String type) {
        List<String> paths = new ArrayList<>();
        for (Condition condition : row.conditions()) {
            String path = condition.path().text();
            if (path.equals("action.type") && !condition.accepts(type)) {
                return List.of();
            }
            if (path.startsWith("action.") && !path.equals("action.type") && !path.equals("action.confidence")) {
                paths.add(path);
            }
        }
        return paths;
    }

    private static boolean isRequired(ActionType action, String path) {
        if (path.equals("action.amount") || path.equals("action.currency")) {
            return action.amount() == ActionType.AmountRule.REQUIRED;
        }
        return action.attributes().entrySet().stream()
                .anyMatch(attribute -> attribute.getValue() && path.contains("(\"" + attribute.getKey() + "\")"));
    }

    private static Set<String> paths(Row row) {
        Set<String> paths = new HashSet<>();
        row.conditions().forEach(condition -> paths.add(condition.path().text()));
        return paths;
    }

    static List<Path> stories() {
        return files("examples", ".json").stream()
                .filter(file -> !file.endsWith("stages.json"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("stories")
    void theStoriesEndAsTheyPromise(Path story) throws IOException {
        JsonNode json = new ObjectMapper().readTree(Files.readString(story));
        Proposal proposal = proposal(json.path("proposal"), Stage.LIMITED);
        assertThat(mode(proposal)).isEqualTo(Mode.valueOf(json.path("expect").asText()));
        assertThat(json.path("proposal").path("action").path("id").asText()).contains("{{run}}");
        assertThat(json.path("title").asText()).isNotBlank();
        assertThat(json.path("story").asText()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "01-stale-billing-adjustment.json,      FRESH-02,     billing-leads",
        "04-carrier-selection-large.json,       LOG-LIM-02,   finance-controllers",
        "05-carrier-selection-unsure.json,      LOG-CONF-01,  logistics-leads",
        "06-contract-renegotiation.json,        LOG-NEVER-01, ",
        "07-safety-hold.json,                   LOG-NEVER-02, "
    })
    void theStoriesAreDecidedByTheRowsThatTheyAreAbout(String story, String id, String approvers) throws IOException {
        JsonNode json = new ObjectMapper().readTree(Files.readString(Path.of("examples", story)));
        Row row = row(id);
        Proposal proposal = proposal(json.path("proposal"), Stage.LIMITED);
        assertThat(row.conditions()).allMatch(condition -> condition.holds(proposal));
        assertThat(row.outcome().mode())
                .isEqualTo(Mode.valueOf(json.path("expect").asText()));
        assertThat(
                        row.outcome().approvers() == null
                                ? null
                                : row.outcome().approvers().group())
                .isEqualTo(approvers);
    }

    @Test
    void theAgentsOfTheStoriesAreStaged() throws IOException {
        JsonNode stages = new ObjectMapper().readTree(Files.readString(Path.of("examples/stages.json")));
        assertThat(stages).isNotEmpty().allSatisfy(stage -> {
            assertThat(Stage.valueOf(stage.path("stage").asText())).isEqualTo(Stage.LIMITED);
            assertThat(stage.path("agent").asText()).isNotBlank();
            assertThat(stage.path("action").asText()).isNotBlank();
            assertThat(stage.path("reason").asText()).isNotBlank();
        });
    }

    /** The mode by the formula alone: the most lenient grant, then the strictest of it and every safeguard. */
    private static Mode mode(Proposal proposal) {
        Mode authority = Mode.HUMAN_IN_CONTROL;
        Mode safeguards = Mode.AUTONOMOUS;
        for (Row row : rows) {
            if (row.conditions().stream().allMatch(condition -> condition.holds(proposal))) {
                Mode mode = row.outcome().mode();
                if (!row.isAuthority()) {
                    safeguards = mode.compareTo(safeguards) > 0 ? mode : safeguards;
                } else if (mode.compareTo(authority) < 0) {
                    authority = mode;
                }
            }
        }
        return authority.compareTo(safeguards) > 0 ? authority : safeguards;
    }

    private static Row row(String id) {
        return rows.stream().filter(row -> row.id().equals(id)).findFirst().orElseThrow();
    }

    /** The declared action types that the row is about. */
    private static List<String> types(Row row) {
        return reading.tables().actions().keySet().stream()
                .filter(type -> row.conditions().stream()
                        .filter(condition -> condition.path().text().equals("action.type"))
                        .allMatch(condition -> condition.accepts(type)))
                .toList();
    }

    private static Proposal proposal(JsonNode json, Stage stage) {
        JsonNode action = json.path("action");
        Map<String, Object> attributes = new HashMap<>();
        action.path("attributes")
                .fields()
                .forEachRemaining(field -> attributes.put(field.getKey(), value(field.getValue())));
        JsonNode amount = action.path("amount");
        List<Evidence> evidence = new ArrayList<>();
        for (JsonNode item : json.path("evidence")) {
            List<String> lineage = new ArrayList<>();
            item.path("lineage").forEach(system -> lineage.add(system.asText()));
            evidence.add(new Evidence(
                    item.path("name").asText(),
                    item.path("source").asText(),
                    time(item.path("observedAt").asText()),
                    item.path("schema").asText(),
                    lineage,
                    ""));
        }
        return new Proposal(
                        new Action(
                                action.path("id").asText(),
                                action.path("type").asText(),
                                action.path("summary").asText(),
                                amount.isMissingNode()
                                        ? null
                                        : new Money(
                                                new BigDecimal(
                                                        amount.path("value").asText()),
                                                amount.path("currency").asText()),
                                new BigDecimal(action.path("confidence").asText()),
                                action.path("reversible").asBoolean(),
                                new Attributes(attributes),
                                action.path("supersedes").asText()),
                        new Agent(json.path("agent").path("id").asText(), "", "", stage),
                        new Subject(
                                json.path("subject").path("type").asText(),
                                json.path("subject").path("id").asText()),
                        EvidenceSet.asSent(evidence),
                        Trace.NONE)
                .at(NOW, stage, Map.of(), 0, 0);
    }

    private static Object value(JsonNode node) {
        return node.isBoolean() ? node.asBoolean() : node.isNumber() ? node.decimalValue() : node.asText();
    }

    /** {@code {{now-PT3H}}}. */
    private static Instant time(String text) {
        assertThat(text).startsWith("{{now-").endsWith("}}");
        return NOW.minus(Duration.parse(text.substring("{{now-".length(), text.length() - 2)));
    }

    private static List<Path> files(String directory, String ending) {
        try (Stream<Path> files = Files.list(Path.of(directory))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
