package io.leeway.policy.table;

import io.leeway.policy.AttributeType;
import io.leeway.policy.Path;
import io.leeway.policy.PathType;
import io.leeway.policy.Suggestion;
import io.leeway.policy.Vocabulary;
import io.leeway.policy.check.Declarations.Declared;
import io.leeway.policy.check.FindingCode;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a {@code Vocabulary} sheet: the domain attributes of a version, and the values that texts may have. */
final class VocabularySheet {
    static final String WORD = "Vocabulary";

    private static final List<String> COLUMNS = List.of("Attribute", "Type", "Unit", "Allowed", "Meaning");
    private static final List<String> TYPES = List.of("text", "number", "flag");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

    private VocabularySheet() {}

    static void read(Sheet sheet, Source source, CellReader cells, Consumer<Declared<AttributeType>> lines) {
        HeaderRow header = HeaderRow.read(sheet, source, WORD, COLUMNS);
        if (header == null) {
            return;
        }
        for (int row : header.rowsOf(sheet)) {
            DeclarationCells line = new DeclarationCells(sheet, source, cells, header, row);
            AttributeType attribute = attribute(line);
            if (attribute != null) {
                String cell = line.address("Attribute");
                lines.accept(new Declared<>(attribute, source.file(), sheet.name(), cell, cell));
            }
        }
    }

    private static @Nullable AttributeType attribute(DeclarationCells line) {
        String name = line.text("Attribute");
        String typeText = line.text("Type");
        String unit = line.sentence("Unit");
        List<String> allowed = line.list("Allowed");
        String meaning = line.sentence("Meaning");
        if (name == null || typeText == null || unit == null || allowed == null || meaning == null) {
            return null;
        }
        PathType type = type(line, typeText);
        if (name.isEmpty() || !NAME.matcher(name).matches()) {
            line.report(
                    FindingCode.WRONG_VALUE,
                    "Attribute",
                    "`" + name + "` is no name of letters, digits and `_`, `.`, `-`");
            return null;
        }
        if (type == null) {
            return null;
        }
        if (!allowed.isEmpty() && type != PathType.TEXT) {
            line.report(FindingCode.WRONG_VALUE, "Allowed", "only the values of a text can be listed");
            return null;
        }
        return path(line, name, type, allowed) ? new AttributeType(name, type, unit, allowed, meaning) : null;
    }

    private static @Nullable PathType type(DeclarationCells line, String text) {
        int index = TYPES.indexOf(text);
        if (index < 0) {
            line.report(
                    FindingCode.WRONG_VALUE,
                    "Type",
                    "found `" + text + "`, allowed are `text`, `number`, `flag`" + Suggestion.didYouMean(text, TYPES));
            return null;
        }
        return List.of(PathType.TEXT, PathType.NUMBER, PathType.FLAG).get(index);
    }

    /** A name that is a path declares that path's values, so it must be of its type; no other name may look like one. */
    private static boolean path(DeclarationCells line, String name, PathType type, List<String> allowed) {
        PathType known = Vocabulary.typeOf(name);
        if (known == null) {
            boolean subject = name.startsWith(Vocabulary.SUBJECT);
            if (subject) {
                String plain = name.substring(Vocabulary.SUBJECT.length());
                line.report(
                        FindingCode.WRONG_VALUE,
                        "Attribute",
                        "`" + name + "` is no path; an attribute of the subject is declared as `" + plain + "`");
            }
            return !subject;
        }
        if (known != type) {
            line.report(
                    FindingCode.WRONG_VALUE,
                    "Type",
                    "path `" + name + "` is of another type than `" + line.text("Type") + "`");
            return false;
        }
        boolean sound = true;
        if (Vocabulary.parse(name) instanceof Vocabulary.Found found) {
            Path path = found.path();
            for (String value : allowed) {
                String problem = Vocabulary.problemWith(path, value);
                if (problem != null) {
                    line.report(FindingCode.OUT_OF_RANGE, "Allowed", problem);
                    sound = false;
                }
            }
        }
        return sound;
    }
}
