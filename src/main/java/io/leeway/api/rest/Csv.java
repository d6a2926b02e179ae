package io.leeway.api.rest;

import io.leeway.model.RuleSource;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table for spreadsheets (RFC 4180). Texts that a spreadsheet would take for a formula get an apostrophe before them. */
final class Csv {
    private final StringBuilder text = new StringBuilder();

    void line(String... cells) {
        line(List.of(cells));
    }

    void line(List<String> cells) {
        text.append(cells.stream().map(Csv::cell).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    private static String cell(String value) {
        String safe = value.isEmpty() || "=+-@\t\r".indexOf(value.charAt(0)) < 0 ? value : "'" + value;
        boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
    }

    /** Several in one cell. */
    static String joined(Stream<String> parts) {
        return parts.collect(Collectors.joining("; "));
    }

    /** Where a rule stands; {@code ""} for one that stands nowhere. */
    static String place(@Nullable RuleSource source) {
        return source == null
                ? ""
                : Stream.of(source.file(), source.sheet(), source.range())
                        .filter(part -> part != null)
                        .collect(Collectors.joining(" › "));
    }

    static String money(Map<String, BigDecimal> amounts) {
        return joined(amounts.entrySet().stream().map(it -> it.getValue().toPlainString() + " " + it.getKey()));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
