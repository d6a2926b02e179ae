package io.leeway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code leeway vocabulary}: the words that decision tables may use, as the running service knows them. */
@Command(
        name = "vocabulary",
        description = "List the paths that decision tables may use, with type, unit and meaning.",
        mixinStandardHelpOptions = true)
final class VocabularyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServiceOptions service = new ServiceOptions();

    VocabularyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ServiceClient.Answer answer = service.connect(terminal.environment()).get("/v1/vocabulary");
        if (!answer.succeeded()) {
            throw CommandException.failed(answer.problem());
        }
        terminal.out().print(table(answer.body()));
        return 0;
    }

    /** Each list of the answer as a table, its members as columns, so that new ones show by themselves. */
    static String table(JsonNode vocabulary) {
        StringBuilder text = new StringBuilder();
        vocabulary.fields().forEachRemaining(member -> {
            if (member.getValue().isArray() && !member.getValue().isEmpty()) {
                text.append(member.getKey().toUpperCase(Locale.ROOT)).append('\n');
                rows(member.getValue(), text);
            }
        });
        return text.toString();
    }

    private static void rows(JsonNode items, StringBuilder text) {
        List<List<String>> rows = new ArrayList<>();
        TreeMap<Integer, Integer> widths = new TreeMap<>();
        for (JsonNode item : items) {
            List<String> row = new ArrayList<>();
            if (item.isObject()) {
                item.elements().forEachRemaining(value -> row.add(cell(value)));
            } else {
                row.add(cell(item));
            }
            for (int column = 0; column < row.size(); column++) {
                widths.merge(column, row.get(column).length(), Math::max);
            }
            rows.add(row);
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder("  ");
            for (int column = 0; column < row.size(); column++) {
                line.append(row.get(column))
                        .append(" "
                                .repeat(widths.getOrDefault(column, 0)
                                        - row.get(column).length()
                                        + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }

    private static String cell(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        if (value.isArray()) {
            List<String> parts = new ArrayList<>();
            value.forEach(part -> parts.add(part.isValueNode() ? part.asText() : part.toString()));
            return String.join(", ", parts);
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
