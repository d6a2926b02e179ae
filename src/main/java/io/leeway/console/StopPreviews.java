package io.leeway.console;

import io.leeway.control.StopScope;
import io.leeway.decision.DecisionQuery;
import io.leeway.decision.Decisions;
import io.leeway.policy.compile.CompiledPolicy;
import io.leeway.policy.release.ActivePolicy;
import io.leeway.security.Principal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells what a stop would hold, by what was decided lately and what the active policy declares. */
@ApplicationScoped
class StopPreviews {
    private static final int SHOWN = 5;

    private final Decisions decisions;
    private final ActivePolicy activePolicy;

    StopPreviews(Decisions decisions, ActivePolicy activePolicy) {
        this.decisions = decisions;
        this.activePolicy = activePolicy;
    }

    /** Blocks on the database. */
    StopPreview of(StopScope scope, Principal reader) {
        List<DecisionLine> latest = isSearchable(scope)
                ? decisions.search(query(scope, reader)).stream()
                        .map(DecisionLine::of)
                        .toList()
                : List.of();
        boolean more = latest.size() > SHOWN;
        return new StopPreview(scope, types(scope), more ? latest.subList(0, SHOWN) : latest, more);
    }

    /** A family is no term that decisions are found by. */
    private static boolean isSearchable(StopScope scope) {
        return scope.kind() != StopScope.Kind.ACTION
                || !isFamily(scope)
                || scope.value().equals("*");
    }

    private static boolean isFamily(StopScope scope) {
        return scope.value().endsWith("*");
    }

    private List<String> types(StopScope scope) {
        CompiledPolicy policy = activePolicy.current();
        if (scope.kind() != StopScope.Kind.ACTION || !isFamily(scope) || policy == null) {
            return List.of();
        }
        String stem = scope.value().substring(0, scope.value().length() - 1);
        return policy.tables().actions().keySet().stream()
                .filter(type -> type.startsWith(stem))
                .sorted()
                .toList();
    }

    private static DecisionQuery query(StopScope scope, Principal reader) {
        return new DecisionQuery(
                valueOf(scope, StopScope.Kind.AGENT),
                isFamily(scope) ? null : valueOf(scope, StopScope.Kind.ACTION),
                valueOf(scope, StopScope.Kind.SUBJECT),
                null,
                null,
                valueOf(scope, StopScope.Kind.TRACE),
                null,
                null,
                null,
                reader.visibleAgents().orElse(Set.of()),
                Long.MAX_VALUE,
                SHOWN + 1);
    }

    private static @Nullable String valueOf(StopScope scope, StopScope.Kind kind) {
        return scope.kind() == kind ? scope.value() : null;
    }
}
