package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.leeway.policy.PolicyFile;
import io.leeway.testing.SheetBuilder;
import io.leeway.testing.WorkbookWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A change to a version, as {@code diff.yaml} describes it; its head says what each member means. */
record DiffCase(
        String name,
        @Nullable String base,
        @Nullable Map<String, String> replace,
        @Nullable List<String> without,
        @Nullable Map<String, String> append,
        @Nullable Map<String, String> move,
        @Nullable Map<String, String> sheets,
        @Nullable Map<String, String> rename,
        @Nullable List<String> rules,
        @Nullable String format) {
    /** In CSV the first cell says what a sheet is. */
    private static final Set<String> BESIDE =
            Set.of("Vocabulary", "Actions", "Tests", "Guarantees", "Columns", "Lists", "Calendars", "Rates");

    /** The bases by name, each of sheets, and what is done to them. */
    record Catalogue(Map<String, Map<String, String>> bases, List<DiffCase> cases) {
        static Catalogue read() throws IOException {
            try (InputStream yaml = DiffCase.class.getResourceAsStream("/cases/diff.yaml")) {
                return new ObjectMapper(new YAMLFactory()).readValue(yaml, Catalogue.class);
            }
        }
    }

    List<PolicyFile> before(Catalogue catalogue) {
        return files(sheetsBefore(catalogue), "csv".equals(format), 0);
    }

    List<PolicyFile> after(Catalogue catalogue) {
        Map<String, String> changed = new LinkedHashMap<>(sheetsBefore(catalogue));
        or(replace).forEach((from, to) -> replace(changed, from, to));
        or(without).forEach(id -> replace(changed, line(changed, id) + "\n", ""));
        or(append).forEach((sheet, line) -> changed.merge(sheet, line + "\n", String::concat));
        or(move).forEach((id, sheet) -> {
            String line = line(changed, id) + "\n";
            replace(changed, line, "");
            changed.merge(sheet, line, String::concat);
        });
        changed.putAll(or(sheets));
        or(rename).forEach((from, to) -> changed.put(to, Objects.requireNonNull(changed.remove(from))));
        return files(changed, format != null, 1);
    }

    private Map<String, String> sheetsBefore(Catalogue catalogue) {
        return Objects.requireNonNull(catalogue.bases().get(base == null ? "plain" : base));
    }

    private static String line(Map<String, String> sheets, String id) {
        return sheets.values().stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(id + " |"))
                .findFirst()
                .orElseThrow();
    }

    /** Replaces what stands in one sheet, and there once. */
    private void replace(Map<String, String> sheets, String from, String to) {
        String all = String.join("\n", sheets.values());
        assertThat(all.split(Pattern.quote(from), -1))
                .as("%s: `%s` stands once", name, from)
                .hasSize(2);
        sheets.replaceAll((sheet, text) -> text.replace(from, to));
    }

    private List<PolicyFile> files(Map<String, String> sheets, boolean csv, int version) {
        List<PolicyFile> files = new ArrayList<>();
        if (csv) {
            sheets.forEach(
                    (sheet, text) -> files.add(builder(sheet, BESIDE.contains(sheet) ? sheet + "\n" + text : text)
                            .csv(sheet + ".csv")));
        } else {
            files.add(WorkbookWriter.xlsx(
                    "policy.xlsx",
                    sheets.entrySet().stream()
                            .map(it -> builder(it.getKey(), it.getValue()))
                            .toArray(SheetBuilder[]::new)));
        }
        if (rules != null) {
            files.add(new PolicyFile("guardrails.drl", rules.get(version).getBytes(StandardCharsets.UTF_8)));
        }
        return files;
    }

    private static SheetBuilder builder(String name, String text) {
        return SheetBuilder.of(name, text.lines().toList());
    }

    private static <K, V> Map<K, V> or(@Nullable Map<K, V> map) {
        return map == null ? Map.of() : map;
    }

    private static <T> List<T> or(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
