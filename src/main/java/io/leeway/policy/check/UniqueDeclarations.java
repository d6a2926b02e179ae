package io.leeway.policy.check;

import io.leeway.policy.ActionType;
import io.leeway.policy.AttributeType;
import io.leeway.policy.check.Declarations.Declared;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An attribute and an action type are declared once in the version. */
final class UniqueDeclarations {
    private UniqueDeclarations() {}

    static void check(Declarations declarations, Findings findings) {
        once(declarations.attributes(), AttributeType::name, findings);
        once(declarations.actions(), ActionType::type, findings);
    }

    private static <T> void once(List<Declared<T>> lines, Function<T, String> name, Findings findings) {
        Map<String, String> first = new HashMap<>();
        for (Declared<T> line : lines) {
            String earlier = first.putIfAbsent(name.apply(line.line()), line.file() + " " + line.cell());
            if (earlier != null) {
                String message = "`" + name.apply(line.line()) + "` is declared at " + earlier + " already";
                findings.report(FindingCode.REPEATED_DECLARATION, line.file(), line.sheet(), line.cell(), message);
            }
        }
    }
}
