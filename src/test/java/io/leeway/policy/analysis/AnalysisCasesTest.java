package io.leeway.policy.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.leeway.model.ApprovalRequirement;
import io.leeway.model.Effect;
import io.leeway.model.Mode;
import io.leeway.policy.ActionType;
import io.leeway.policy.ActionType.AmountRule;
import io.leeway.policy.AttributeType;
import io.leeway.policy.Condition;
import io.leeway.policy.Finding;
import io.leeway.policy.Guarantee;
import io.leeway.policy.Guarantee.Bound;
import io.leeway.policy.Operator;
import io.leeway.policy.Path;
import io.leeway.policy.PathType;
import io.leeway.policy.PolicyFile;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import io.leeway.policy.Vocabulary;
import io.leeway.policy.table.PolicyReader;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the analysis says, word for word, on readable tables and on whole workbooks; every witness shows it. */
class AnalysisCasesTest {
    record Case(
            String name,
            List<String> actions,
            @Nullable List<String> currencies,
            List<String> rows,
            @Nullable List<String> guarantees,
            List<String> expect) {
        PolicyTables tables() {
            Map<String, ActionType> types = new HashMap<>();
            for (String action : actions) {
                String[] parts = action.split(" ");
                AmountRule rule = switch (parts[1]) {
                    case "r" -> AmountRule.REQUIRED;
                    case "f" -> AmountRule.FORBIDDEN;
                    default -> AmountRule.OPTIONAL;
                };
                types.put(parts[0], new ActionType(parts[0], "", rule, Map.of(), Map.of()));
            }
            Map<String, AttributeType> attributes = currencies == null
                    ? Map.of()
                    : Map.of(
                            "action.currency", new AttributeType("action.currency", PathType.TEXT, "", currencies, ""));
            List<Row> typed = new ArrayList<>();
            rows.forEach(row -> typed.add(row(row, typed.size() + 6)));
            List<Guarantee> promised = new ArrayList<>();
            for (String guarantee : guarantees == null ? List.<String>of() : guarantees) {
                promised.add(guarantee(guarantee, promised.size() + 3));
            }
            return new PolicyTables(typed, attributes, types, List.of(), promised);
        }
    }

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        try (InputStream yaml = AnalysisCasesTest.class.getResourceAsStream("/cases/analysis.yaml")) {
            return new ObjectMapper(new YAMLFactory())
                    .readValue(yaml, new TypeReference<List<Case>>() {}).stream()
                            .map(it -> DynamicTest.dynamicTest(it.name(), () -> check(it)));
        }
    }

    private static void check(Case one) throws Exception {
        Analysis analysis = Analysis.of(one.tables());
        assertThat(analysis.conclusions().stream().map(AnalysisCasesTest::shown))
                .containsExactlyInAnyOrderElementsOf(one.expect());
        new WitnessCheck(one.tables()).check(analysis);
    }

    private static String shown(Conclusion conclusion) {
        String row = conclusion.rows().isEmpty() ? "" : conclusion.rows().get(0).id();
        return conclusion.finding().code() + " " + row + ": "
                + conclusion.finding().message();
    }

    @Test
    void workbooksWithoutGuaranteesHaveGapsAndOverlapsAndNoWarning() throws Exception {
        List<PolicyFile> files = new ArrayList<>();
        try (Stream<java.nio.file.Path> all =
                Files.list(java.nio.file.Path.of("src/test/resources/workbooks/drools-layout"))) {
            for (java.nio.file.Path file : all.sorted().toList()) {
                files.add(new PolicyFile(file.getFileName().toString(), Files.readAllBytes(file)));
            }
        }
        PolicyTables tables = Objects.requireNonNull(
                PolicyReader.read(files, LocalDate.of(2026, 11, 22)).tables());
        Analysis analysis = Analysis.of(tables);
        assertThat(analysis.findings()).isNotEmpty().allMatch(it -> it.severity() == Finding.Severity.INFO);
        assertThat(analysis.findings().stream().map(Finding::message))
                .contains(
                        "no grant covers `billing.adjust`, `billing.refund` in USD above 25,000; nearest is `BIL-REM-05`");
        new WitnessCheck(tables).check(analysis);
    }

    @Test
    void saysWhatItCouldNotSettle() {
        PolicyTables tables = new SmallWorld(3).tables();
        Analysis analysis = Analysis.of(tables, 1, 1);
        assertThat(analysis.findings()).extracting(Finding::code).contains("analysis-incomplete");
    }

    private static Row row(String text, int number) {
        String[] parts = text.split(" \\| ");
        String[] head = parts[0].split(" ");
        Effect effect = switch (head[1]) {
            case "grant" -> Effect.GRANT;
            case "prohibit" -> Effect.PROHIBIT;
            default -> Effect.REQUIRE;
        };
        Mode mode = switch (head[2]) {
            case "A" -> Mode.AUTONOMOUS;
            case "L" -> Mode.HUMAN_IN_THE_LOOP;
            default -> Mode.HUMAN_IN_CONTROL;
        };
        List<Condition> conditions = new ArrayList<>();
        ApprovalRequirement approvers = null;
        LocalDate until = null;
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            if (part.startsWith("until ")) {
                until = LocalDate.parse(part.substring(6));
            } else if (part.startsWith("approvers ")) {
                approvers = new ApprovalRequirement(part.substring(10), 1);
            } else {
                conditions.add(condition(part, (char) ('B' + conditions.size()) + "" + number));
            }
        }
        return new Row(
                head[0],
                "case.csv",
                null,
                number,
                "A" + number + ":H" + number,
                "00",
                effect == Effect.GRANT ? "Remit" : "Safeguards",
                "owner@example.com",
                "",
                "",
                conditions,
                new Row.Outcome(effect, mode, "Because.", approvers, List.of(), null),
                null,
                until);
    }

    private static Guarantee guarantee(String text, int number) {
        String[] parts = text.split(" \\| ");
        List<Condition> when = new ArrayList<>();
        for (String part : Arrays.asList(parts).subList(2, parts.length)) {
            when.add(condition(part, "B" + number));
        }
        Bound then = Objects.requireNonNull(Bound.parse(parts[1]));
        return new Guarantee(parts[0], "guarantees.csv", null, number, "A" + number, when, then, "C" + number, "", "");
    }

    private static Condition condition(String text, String cell) {
        for (Operator operator : Operator.values()) {
            int at = text.lastIndexOf(" " + operator.symbol() + " ");
            if (at > 0) {
                Path path = ((Vocabulary.Found) Vocabulary.parse(text.substring(0, at))).path();
                String limit = text.substring(at + operator.symbol().length() + 2);
                return new Condition(
                        path,
                        operator,
                        switch (path.type()) {
                            case TEXT -> limit;
                            case NUMBER -> new BigDecimal(limit);
                            case FLAG -> Boolean.valueOf(limit);
                        },
                        cell);
            }
        }
        throw new IllegalArgumentException(text);
    }
}
