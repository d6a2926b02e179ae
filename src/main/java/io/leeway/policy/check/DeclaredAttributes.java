package io.leeway.policy.check;

import io.leeway.policy.ActionType;
import io.leeway.policy.AttributeType;
import io.leeway.policy.Condition;
import io.leeway.policy.Path;
import io.leeway.policy.PathType;
import io.leeway.policy.Suggestion;
import io.leeway.policy.Vocabulary;
import io.leeway.policy.check.Declarations.Declared;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Domain attributes that tables and {@code Actions} sheets use are declared, and of the type that they are used as. */
final class DeclaredAttributes {
    private final Map<String, PathType> declared = new HashMap<>();
    private final Findings findings;

    private DeclaredAttributes(Declarations declarations, Findings findings) {
        this.findings = findings;
        for (Declared<AttributeType> line : declarations.attributes()) {
            declared.put(line.line().name(), line.line().type());
        }
    }

    static void check(List<DraftTable> tables, Declarations declarations, Findings findings) {
        checkTables(tables, declarations, findings);
        declarations.actions().forEach(new DeclaredAttributes(declarations, findings)::action);
    }

    /** Looks at the tables alone. */
    static void checkTables(List<DraftTable> tables, Declarations declarations, Findings findings) {
        tables.forEach(new DeclaredAttributes(declarations, findings)::table);
    }

    private void table(DraftTable table) {
        Set<Path> seen = new HashSet<>();
        for (DraftTable.FixedPath fixed : table.fixedPaths()) {
            seen.add(fixed.path());
            path(fixed.path(), table.file(), table.sheet(), fixed.cell());
        }
        for (DraftTable.DraftRow row : table.rows()) {
            for (Condition condition : row.conditions()) {
                if (!seen.contains(condition.path())) {
                    path(condition.path(), table.file(), table.sheet(), condition.cell());
                }
            }
        }
    }

    private void path(Path path, String file, @Nullable String sheet, String cell) {
        for (String name : Vocabulary.attributesOf(path)) {
            PathType type = declared.get(name);
            if (type == null) {
                undeclared(name, file, sheet, cell);
            } else if (type != path.type()) {
                String message = "`" + name + "` is declared as " + type.name().toLowerCase(Locale.ROOT) + ", not "
                        + path.type().name().toLowerCase(Locale.ROOT);
                findings.report(FindingCode.WRONG_ATTRIBUTE_TYPE, file, sheet, cell, message);
            }
        }
    }

    private void action(Declared<ActionType> line) {
        for (String name : line.line().attributeNames()) {
            if (!declared.containsKey(name)) {
                undeclared(name, line.file(), line.sheet(), line.attributesCell());
            }
        }
    }

    private void undeclared(String name, String file, @Nullable String sheet, String cell) {
        String message = "attribute `" + name + "` is not declared" + Suggestion.didYouMean(name, declared.keySet());
        findings.report(FindingCode.UNDECLARED_ATTRIBUTE, file, sheet, cell, message);
    }
}
