package io.leeway.console;

import io.leeway.control.StopScope;
import java.util.List;

/**
 * What a stop would hold.
 *
 * @param types declared types of action that a family covers; empty for other scopes
 * @param latest the last decisions that it would have held, newest first; empty when none is known
 * @param more whether there were more of them
 */
record StopPreview(StopScope scope, List<String> types, List<DecisionLine> latest, boolean more) {
    StopPreview {
        types = List.copyOf(types);
        latest = List.copyOf(latest);
    }

    /** {@code every action of the agent `billing-bot`}. */
    public String held() {
        return held(scope);
    }

    static String held(StopScope scope) {
        return switch (scope.kind()) {
            case ALL -> "every action of every agent";
            case AGENT -> "every action of the agent `" + scope.value() + "`";
            case ACTION ->
                scope.value().equals("*")
                        ? "every type of action"
                        : scope.value().endsWith(".*")
                                ? "every type of action that begins with `"
                                        + scope.value()
                                                .substring(0, scope.value().length() - 1) + "`"
                                : "every action of the type `" + scope.value() + "`";
            case SUBJECT -> "every action on `" + scope.value() + "`";
            case TRACE -> "every action in the trace `" + scope.value() + "`";
        };
    }
}
