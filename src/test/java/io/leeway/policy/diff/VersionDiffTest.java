package io.leeway.policy.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leeway.ledger.CanonicalJson;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.analysis.Comparison.Meaning;
import io.leeway.policy.table.PolicyReader;
import io.leeway.testing.SheetBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is put together of cells and proofs; the words for people have cases of their own. */
class VersionDiffTest {
    private static final String SMALL = "REM-01 | billing.adjust | USD | %s | Autonomous | Small ones.";

    @Test
    void isEqualToItself() {
        VersionDiff diff = VersionDiff.of(version("500"), version("500"));
        assertThat(diff.cells()).isEmpty();
        assertThat(diff.meaning()).isEqualTo(Meaning.EQUAL);
        assertThat(diff.witnesses()).isEmpty();
        assertThat(diff.tables()).containsExactly(new TableMeaning("Remit", "remit.csv", Meaning.EQUAL));
    }

    @Test
    void isUnprovenWhereAVersionHasErrorsAndShowsItsCellsAllTheSame() {
        VersionFiles broken = new VersionFiles(List.of(file("a lot")), null);
        VersionDiff diff = VersionDiff.of(version("500"), broken);
        assertThat(diff.meaning()).isEqualTo(Meaning.UNPROVEN);
        assertThat(diff.reason()).isEqualTo("one of the two versions has errors");
        assertThat(diff.tables()).isEmpty();
        assertThat(diff.cells()).singleElement().extracting(CellChange::to).isEqualTo("a lot");
    }

    @Test
    void isLooserThanNothing() {
        VersionFiles nothing = new VersionFiles(List.of(), new PolicyTables(List.of(), Map.of(), Map.of()));
        assertThat(VersionDiff.of(nothing, version("500")).meaning()).isEqualTo(Meaning.LOOSER);
        assertThat(VersionDiff.of(version("500"), nothing).meaning()).isEqualTo(Meaning.TIGHTER);
    }

    @Test
    void isAnsweredAsCanonicalJson() throws IOException {
        byte[] bytes = VersionDiff.of(version("500"), version("700")).json();
        JsonNode json = new ObjectMapper().readTree(bytes);
        assertThat(CanonicalJson.bytes(new ObjectMapper().convertValue(json, Map.class)))
                .isEqualTo(bytes);
        assertThat(json.at("/cells/0").toString())
                .isEqualTo(
                        "{\"cell\":\"D4\",\"column\":\"Amount up to\",\"fields\":[],\"file\":\"remit.csv\",\"from\":\"500\","
                                + "\"kind\":\"CHANGED\",\"rule\":\"REM-01\",\"sheet\":null,\"to\":\"700\"}");
        assertThat(json.get("meaning").asText()).isEqualTo("LOOSER");
        assertThat(json.get("reason").isNull()).isTrue();
        assertThat(json.get("tables").toString())
                .isEqualTo("[{\"file\":\"remit.csv\",\"meaning\":\"LOOSER\",\"table\":\"Remit\"}]");
        assertThat(json.at("/witnesses/0/change").asText()).isEqualTo("MORE");
        assertThat(json.at("/witnesses/0/rows").toString())
                .isEqualTo("[{\"file\":\"remit.csv\",\"range\":\"A4:F4\",\"rule\":\"REM-01\",\"sheet\":null}]");
        assertThat(json.at("/witnesses/0/proposal/action/amount").toString())
                .isEqualTo("{\"currency\":\"USD\",\"value\":\"501\"}");
        assertThat(json.at("/witnesses/0/stage").asText()).isEqualTo("FULL");
    }

    @Test
    void holdsNothingThatJsonCannot() {
        VersionFiles odd = new VersionFiles(
                List.of(SheetBuilder.of("Lists", List.of("List | Values | Meaning", "Odd | _xD800_ | "))
                        .xlsx("odd.xlsx")),
                null);
        VersionDiff diff = VersionDiff.of(version("500"), odd);
        assertThat(new String(diff.json(), StandardCharsets.UTF_8)).contains("\uFFFD");
    }

    private static VersionFiles version(String limit) {
        List<PolicyFile> files = List.of(file(limit));
        return new VersionFiles(
                files,
                Objects.requireNonNull(
                        PolicyReader.read(files, LocalDate.of(2026, 11, 22)).tables()));
    }

    private static PolicyFile file(String limit) {
        return SheetBuilder.of(
                        "Remit",
                        List.of(
                                "Owner | me",
                                "May act | Remit",
                                "Id | Action | Currency | Amount up to | Mode | Because",
                                SMALL.formatted(limit)))
                .csv("remit.csv");
    }
}
