package io.leeway.policy.counterfactual;

import io.leeway.model.Action;
import io.leeway.policy.Path;
import io.leeway.policy.Vocabulary;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which field of a proposal a path reads; remembered, since thousands of conditions read a few paths. Not thread-safe. */
final class FieldNames {
    /** The field of paths that read several pieces of evidence at once. */
    static final String JOINT = "";

    /** The field of the amount, which is read as it is, in another currency, beside another number, and with what went before. */
    static final String AMOUNT = "action.amount";

    private final Map<Path, Optional<String>> known = new HashMap<>();

    /** The field that the path reads; null for a path that no caller can change, {@link #JOINT} for one that reads several. */
    @Nullable
    String of(Path path) {
        return known.computeIfAbsent(path, it -> Optional.ofNullable(name(it))).orElse(null);
    }

    /** The field of that evidence. */
    static String evidence(String name) {
        return "evidence \"" + name + "\"";
    }

    private static @Nullable String name(Path path) {
        Vocabulary.Call call = Vocabulary.call(path.text());
        return switch (call == null ? "" : call.name()) {
            case "action.amount", "action.confidence", "action.reversible" -> path.text();
            case "action.text", "action.number", "action.flag" -> path.text();
            case "action.amountIn", "activity.exposure" -> AMOUNT;
            case "action.ratio" -> Vocabulary.partsOf(path).get(0).equals(Action.AMOUNT) ? AMOUNT : null;
            case "evidence.staleAfter", "evidence.schema" ->
                evidence(call == null ? "" : call.arguments().get(0));
            case "evidence.oldestSeconds", "evidence.count" -> JOINT;
            default -> null;
        };
    }
}
