package io.leeway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A verdict as a person wants to read it: what, why, by which cells, what follows. Reads the answer of
 * {@code POST /v1/decisions}; members that it does not know do not disturb it.
 */
final class VerdictText {
    private static final String ESCAPE = "\u001b[";
    private static final String LABEL = "  %-12s";

    private final boolean colour;
    private final StringBuilder text = new StringBuilder();

    private VerdictText(boolean colour) {
        this.colour = colour;
    }

    /**
     * @param verdict the answer, a JSON object
     * @param colour whether escape sequences may stand in the text
     * @return lines, each ended
     */
    static String of(JsonNode verdict, boolean colour) {
        VerdictText writer = new VerdictText(colour);
        writer.headline(verdict);
        writer.rules(verdict, true);
        writer.rules(verdict, false);
        writer.consequences(verdict);
        return writer.text.toString();
    }

    private void headline(JsonNode verdict) {
        String mode = verdict.path("mode").asText();
        line("  " + paint(modeColour(mode), words(mode).toUpperCase(Locale.ROOT)) + "  "
                + directive(
                        verdict.path("directive").asText(),
                        verdict.path("enforced").asBoolean(true)));
        line("  " + verdict.path("reason").asText());
        if (verdict.path("matched").isEmpty()) {
            List<String> codes = new ArrayList<>();
            verdict.path("reasonCodes").forEach(code -> codes.add(code.asText()));
            labelled("codes", String.join(", ", codes));
        }
    }

    private void rules(JsonNode verdict, boolean decisive) {
        for (JsonNode rule : verdict.path("matched")) {
            if (rule.path("decisive").asBoolean() == decisive) {
                labelled(
                        decisive ? "decisive" : "also matched",
                        paint("1", rule.path("rule").asText()) + "  " + effect(rule) + owner(rule));
                place(rule.path("source"));
                for (JsonNode condition : rule.path("conditions")) {
                    labelled("", condition(condition));
                }
                // The headline has said the first decisive row's already.
                boolean said = decisive && rule.path("because").equals(verdict.path("reason"));
                if (rule.hasNonNull("because") && !said) {
                    labelled("", paint("2", rule.get("because").asText()));
                }
            }
        }
    }

    private void place(JsonNode source) {
        if (source.hasNonNull("file")) {
            List<String> parts = new ArrayList<>();
            for (String member : List.of("file", "sheet", "range")) {
                if (source.hasNonNull(member)) {
                    parts.add(source.get(member).asText());
                }
            }
            labelled("", String.join(" › ", parts));
        }
    }

    private static String condition(JsonNode condition) {
        String actual = condition.hasNonNull("actual") ? condition.get("actual").asText() : "absent";
        String detail =
                condition.hasNonNull("detail") ? " (" + condition.get("detail").asText() + ")" : "";
        return condition.path("cell").asText() + ": " + condition.path("path").asText() + " "
                + condition.path("operator").asText() + " "
                + condition.path("limit").asText() + " — actual "
                + (actual.isEmpty() ? "\"\"" : actual) + detail;
    }

    private static String effect(JsonNode rule) {
        String mode = words(rule.path("mode").asText());
        return switch (rule.path("effect").asText()) {
            case "GRANT" -> "grants " + mode;
            case "PROHIBIT" -> "prohibits";
            default -> "requires " + mode;
        };
    }

    private static String owner(JsonNode rule) {
        return rule.hasNonNull("owner") ? "  owner " + rule.get("owner").asText() : "";
    }

    private void consequences(JsonNode verdict) {
        for (JsonNode obligation : verdict.path("obligations")) {
            labelled(
                    "obligation",
                    obligation.path("type").asText() + " "
                            + obligation.path("value").asText());
        }
        JsonNode approval = verdict.path("approval");
        if (approval.isObject()) {
            List<String> requires = new ArrayList<>();
            for (JsonNode requirement : approval.path("requires")) {
                requires.add(requirement.path("quorum").asInt() + " of "
                        + requirement.path("group").asText());
            }
            labelled(
                    "approval",
                    String.join(" and ", requires) + ", until "
                            + approval.path("expiresAt").asText());
        }
        JsonNode permit = verdict.path("permit");
        if (permit.isObject()) {
            labelled(
                    "permit",
                    permit.path("id").asText() + ", once, until "
                            + permit.path("expiresAt").asText());
        }
        JsonNode policy = verdict.path("policy");
        if (verdict.path("record").isObject()) {
            labelled(
                    "record",
                    "#" + verdict.path("record").path("index").asText() + ", decision "
                            + verdict.path("decisionId").asText()
                            + (policy.hasNonNull("version")
                                    ? ", policy " + policy.get("version").asText()
                                    : ""));
        }
    }

    private void labelled(String label, String value) {
        line(paint("2", String.format(Locale.ROOT, LABEL, label)) + "  " + value);
    }

    private void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }

    private static String directive(String directive, boolean enforced) {
        return switch (directive) {
            case "PROCEED" -> enforced ? "the agent may proceed" : "only observed: the agent goes on all the same";
            case "AWAIT_APPROVAL" -> "the agent waits for approval";
            case "HAND_OVER" -> "a person does it instead";
            case "HALT" -> "nobody does it now";
            default -> words(directive);
        };
    }

    private static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String modeColour(String mode) {
        return switch (mode) {
            case "AUTONOMOUS" -> "1;32";
            case "HUMAN_IN_THE_LOOP" -> "1;33";
            default -> "1;31";
        };
    }

    private String paint(String code, String words) {
        return colour && !words.isBlank() ? ESCAPE + code + "m" + words + ESCAPE + "0m" : words;
    }
}
