package io.leeway.policy.table;

import io.leeway.policy.Suggestion;
import io.leeway.policy.check.FindingCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The named lists of a version, from its {@code Lists} sheets: {@code List | Values | Meaning}. A list may go on over several
 * lines; plain sheets refer to it as {@code @Name}.
 */
final class NamedLists {
    static final String WORD = "Lists";

    private static final List<String> COLUMNS = List.of("List", "Values", "Meaning");
    private static final Pattern NAME = Pattern.compile("[\\p{L}][\\p{L}\\p{N} _-]{0,63}");

    private final Map<String, List<String>> lists = new LinkedHashMap<>();

    void read(Sheet sheet, Source source, CellReader cells) {
        HeaderRow header = HeaderRow.read(sheet, source, WORD, COLUMNS);
        if (header == null) {
            return;
        }
        for (int row : header.rowsOf(sheet)) {
            DeclarationCells line = new DeclarationCells(sheet, source, cells, header, row);
            String name = line.text("List");
            List<String> values = line.list("Values");
            line.sentence("Meaning");
            if (name != null && !NAME.matcher(name).matches()) {
                line.report(FindingCode.WRONG_VALUE, "List", "`" + name + "` is no name of a list such as `Vendors`");
            } else if (name != null && values != null) {
                add(line, name, values);
            }
        }
    }

    private void add(DeclarationCells line, String name, List<String> values) {
        for (String value : values) {
            if (PlainCells.isReserved(value)) {
                line.report(
                        FindingCode.WRONG_VALUE, "Values", "`" + value + "` in a list, which holds nothing but values");
                return;
            }
        }
        if (values.isEmpty()) {
            line.report(FindingCode.WRONG_VALUE, "Values", "list `" + name + "` has a line without values");
        } else {
            lists.computeIfAbsent(name, it -> new ArrayList<>()).addAll(values);
        }
    }

    /** The values of a list, null when there is none of that name. */
    @Nullable
    List<String> find(String name) {
        return lists.get(name);
    }

    /** Says that there is no such list, which is one. */
    String unknown(String found) {
        List<String> names = lists.keySet().stream().map(it -> "@" + it).toList();
        return "unknown list `" + found + "`" + Suggestion.didYouMean(found, names);
    }
}
