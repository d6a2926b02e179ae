package io.leeway.policy.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.table.PolicyReader;
import io.leeway.policy.table.Reading;
import io.leeway.testing.SheetBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Which safeguards of small readable policies something left out evades, each with a proposal that does. */
class EvadableSafeguardsTest {
    private static final List<String> COLUMNS = List.of(
            "Columns",
            "Label | Snippet | Unit | Meaning | Example",
            "Channel | forall(||){action.text(\"channel\") == \"$\"}",
            "Tier | forall(||){subject.text(\"tier\") == \"$\"}",
            "Hazard | action.flag(\"hazard\") == $param",
            "Original over | action.number(\"original\") > $param",
            "Sure | action.confidence > $param",
            "Schema of quote | evidence.schema(\"quote\") == \"$param\"");
    private static final List<String> VOCABULARY = List.of(
            "Vocabulary",
            "Attribute | Type | Unit | Allowed | Meaning",
            "channel | text | | web, phone",
            "tier | text",
            "hazard | flag",
            "original | number");

    record Case(
            String name,
            @Nullable List<String> actions,
            @Nullable List<String> rates,
            List<String> grants,
            List<String> safeguards,
            List<String> expect) {

        PolicyTables tables() {
            List<PolicyFile> files = new ArrayList<>();
            List<String> main = new ArrayList<>(List.of("Owner | owner@example.com", "May act Remit"));
            table(main, "G", grants, "Autonomous");
            main.add("Needs at least Care");
            table(main, "S", safeguards, "Human in the loop");
            files.add(SheetBuilder.of("Main", main).csv("main.csv"));
            files.add(SheetBuilder.of("Columns", COLUMNS).csv("columns.csv"));
            files.add(SheetBuilder.of("Vocabulary", VOCABULARY).csv("vocabulary.csv"));
            if (actions != null) {
                files.add(declarations(
                        "Actions", "Type | Meaning | Amount | Required evidence | Attributes", actions, " | |"));
            }
            if (rates != null) {
                files.add(declarations("Rates", "From | To | Rate | Valid from | Valid until", rates, " |"));
            }
            Reading reading = PolicyReader.read(files, LocalDate.of(2026, 11, 22));
            assertThat(reading.tables()).as(reading.findings().toString()).isNotNull();
            return reading.tables();
        }

        /** @param gap what stands between the first two cells */
        private static PolicyFile declarations(String word, String header, List<String> lines, String gap) {
            List<String> sheet = new ArrayList<>(List.of(word, header));
            lines.forEach(line -> sheet.add(line.replaceFirst(" \\|", gap)));
            return SheetBuilder.of(word, sheet).csv(word + ".csv");
        }

        private static void table(List<String> sheet, String prefix, List<String> lines, String mode) {
            sheet.add("Id | " + lines.get(0) + " | Mode | Because");
            for (int i = 1; i < lines.size(); i++) {
                sheet.add(prefix + "-" + i + " | " + lines.get(i) + " | " + mode + " | Why not.");
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        try (InputStream yaml = EvadableSafeguardsTest.class.getResourceAsStream("/cases/evasion.yaml")) {
            return new ObjectMapper(new YAMLFactory())
                    .readValue(yaml, new TypeReference<List<Case>>() {}).stream()
                            .map(it -> DynamicTest.dynamicTest(it.name(), () -> check(it)));
        }
    }

    private static void check(Case one) throws Exception {
        PolicyTables tables = one.tables();
        Analysis analysis = Analysis.of(tables);
        List<Conclusion> found = analysis.conclusions().stream()
                .filter(it -> it.finding().code().equals("evadable-safeguard"))
                .toList();
        assertThat(found.stream().map(EvadableSafeguardsTest::shown)).containsExactlyInAnyOrderElementsOf(one.expect());
        assertThat(found).allSatisfy(it -> assertThat(it.witness()).isNotNull());
        new WitnessCheck(tables).check(new Analysis(found));
    }

    private static String shown(Conclusion conclusion) {
        return conclusion.finding().severity() + " " + conclusion.rows().get(0).id()
                + conclusion.finding().message().replaceFirst(".* to `", " `");
    }
}
