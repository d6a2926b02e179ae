package io.leeway.policy;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leeway.api.json.ProposalReader;
import io.leeway.model.Activity;
import io.leeway.model.ActivityQuery;
import io.leeway.model.Effect;
import io.leeway.model.Evidence;
import io.leeway.model.EvidenceSet;
import io.leeway.model.Mode;
import io.leeway.model.Proposal;
import io.leeway.model.Stage;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.release.PolicyDirectory;
import io.leeway.policy.release.PolicyLoader;
import io.leeway.policy.table.PolicyReader;
import io.leeway.policy.table.Reading;
import io.leeway.testing.Story;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
    private static PolicyLoader.Loaded loaded;
    private static CompiledPolicy policy;

    @BeforeAll
    static void read() throws IOException {
        List<PolicyFile> files = files("decision-tables", ".xlsx").stream()
                .map(file -> new PolicyFile(file.getFileName().toString(), bytes(file)))
                .toList();
        reading = PolicyReader.read(files, TODAY);
        rows = reading.tables() == null ? List.of() : reading.tables().rows();
        loaded = PolicyLoader.load(
                "test", PolicyDirectory.read(List.of(Path.of("decision-tables"), Path.of("rules"))), TODAY);
        policy = loaded.policy();
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
        assertThat(tables.get("payables.xlsx"))
                .contains(
                        "Remit/Payables remit",
                        "Safeguards/Freshness",
                        "Safeguards/Confidence",
                        "Safeguards/Amounts and escalation",
                        "Safeguards/Suppliers and disputes",
                        "Safeguards/Loops",
                        "Not delegated/Not delegated");
    }

    @Test
    void theFreshnessRowSaysWhereItsLimitStands() {
        Row row = row("FRESH-02");
        assertThat(row.range()).isEqualTo("A9:I9");
        assertThat(row.owner()).isEqualTo("billing-policy@example.com");
        assertThat(row.outcome().effect()).isEqualTo(Effect.REQUIRE);
        assertThat(row.conditions())
                .extracting(condition -> condition.path().text(), Condition::cell)
                .contains(tuple("evidence.staleAfter(\"charge.record\", \"PT15M\")", "C9"));
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
                boolean limited = paths(row).containsAll(Set.of("action.amount", "action.currency"));
                limits += limited ? 1 : 0;
                for (String type : types(row)) {
                    if (!limited && tables.actions().get(type).amount() != ActionType.AmountRule.FORBIDDEN) {
                        unlimited.add(row.id() + " for " + type);
                    }
                }
            }
        }
        assertThat(limits).as("limited grants").isEqualTo(12);
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
        assertThat(mode(proposal(story.getFileName().toString())))
                .isEqualTo(Mode.valueOf(json.path("expect").asText()));
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
        Proposal proposal = proposal(story);
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
    void tablesAndGuardrailsCompileTogether() {
        assertThat(loaded.findings()).isEmpty();
        assertThat(policy.tables().rows()).isEqualTo(rows);
    }

    @ParameterizedTest
    @MethodSource("stories")
    void theEngineSaysOfTheStoriesWhatThePlainLoopSays(Path story) throws Exception {
        Proposal proposal = proposal(story.getFileName().toString());
        Evaluation evaluation = evaluate(proposal);
        assertThat(evaluation.rows()).isEqualTo(matching(proposal));
        if (mode(proposal) == Mode.AUTONOMOUS) {
            assertThat(evaluation.guardrails()).isEmpty();
        }
    }

    @Test
    void eachGuardrailFiresOnWhatItIsAbout() throws Exception {
        Proposal fresh = proposal("02-fresh-billing-adjustment.json");
        Duration minutes = Duration.ofMinutes(2);
        Evidence near = evidence("billing-db", minutes, 5);
        Evidence cached = new Evidence("charge.record", "x", NOW, "v3", List.of("billing-db", "agent-cache"), "");
        String other = "Evidence of the same thing from different times";

        assertThat(fired(with(fresh, near))).isEmpty();
        assertThat(fired(with(fresh, cached))).containsExactly("Evidence from an agent cache");
        assertThat(fired(with(fresh, evidence("billing-db", minutes, 6)))).containsExactly("Evidence from far away");
        assertThat(fired(with(fresh, near, evidence("erp", Duration.ofHours(1), 1))))
                .isEmpty();
        assertThat(fired(with(fresh, near, evidence("erp", Duration.ofSeconds(3_601), 1))))
                .containsExactly(other);
        assertThat(fired(with(fresh, near, evidence("erp", null, 1)))).containsExactly(other);
        assertThat(fired(with(fresh, near, evidence("billing-db", null, 1)))).isEmpty();
        assertThat(fired(with(fresh, cached, evidence("billing-db", minutes, 6), evidence("erp", null, 1))))
                .as("all that ship")
                .hasSize(shippedGuardrails());
    }

    private static List<String> fired(Proposal proposal) throws EvaluationException {
        return evaluate(proposal).guardrails().stream()
                .map(GuardrailMatch::rule)
                .toList();
    }

    private static int shippedGuardrails() throws IOException {
        return (int) Files.readString(Path.of("rules/guardrails.drl"))
                .lines()
                .filter(line -> line.startsWith("rule "))
                .count();
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
        for (Row row : matching(proposal)) {
            Mode mode = row.outcome().mode();
            if (!row.isAuthority()) {
                safeguards = mode.compareTo(safeguards) > 0 ? mode : safeguards;
            } else if (mode.compareTo(authority) < 0) {
                authority = mode;
            }
        }
        return authority.compareTo(safeguards) > 0 ? authority : safeguards;
    }

    private static List<Row> matching(Proposal proposal) {
        return rows.stream()
                .filter(row ->
                        row.isLiveAt(NOW) && row.conditions().stream().allMatch(condition -> condition.holds(proposal)))
                .toList();
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

    /** As the lane sees it at {@link #NOW}, from an agent that earned {@code LIMITED}. */
    private static Proposal proposal(String name) {
        List<Story> stories = Story.all(NOW);
        Story story = stories.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        Proposal sent = ProposalReader.read(story.proposal().getBytes(StandardCharsets.UTF_8))
                .proposal();
        ActionType type = reading.tables().actions().get(sent.action().type());
        return sent.at(
                NOW, Stage.LIMITED, type == null ? Map.of() : type.evidence(), 0, 0, before(name, sent, stories));
    }

    /** What the stories told before it did to the same subject. */
    private static Activity before(String name, Proposal told, List<Story> stories) {
        Set<String> types = new HashSet<>();
        for (Story story : stories) {
            Proposal earlier = ProposalReader.read(story.proposal().getBytes(StandardCharsets.UTF_8))
                    .proposal();
            if (story.name().compareTo(name) < 0 && earlier.subject().equals(told.subject())) {
                types.add(earlier.action().type());
            }
        }
        Activity activity = Activity.NONE;
        for (ActivityQuery query : new ActivityQuestions(reading.tables().rows(), Set.of()).all()) {
            if (query.measure() == ActivityQuery.Measure.RECENTLY && types.contains(query.actionType())) {
                activity = activity.with(query, new Activity.Before(BigDecimal.ONE, List.of()));
            }
        }
        return activity;
    }

    private static Proposal with(Proposal proposal, Evidence... evidence) {
        EvidenceSet before = proposal.evidence();
        return new Proposal(
                proposal.action(),
                proposal.agent(),
                proposal.subject(),
                new EvidenceSet(List.of(evidence), before.now(), before.schemas()),
                proposal.trace());
    }

    private static Evidence evidence(String source, @Nullable Duration age, int systems) {
        List<String> lineage =
                IntStream.range(0, systems).mapToObj(i -> "system-" + i).toList();
        return new Evidence("charge.record", source, age == null ? null : NOW.minus(age), "v3", lineage, "");
    }

    private static Evaluation evaluate(Proposal proposal) throws EvaluationException {
        return policy.evaluate(proposal, System.nanoTime() + TimeUnit.SECONDS.toNanos(10));
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
