package io.leeway.policy.compile;

import io.leeway.model.Action;
import io.leeway.model.Agent;
import io.leeway.model.Evidence;
import io.leeway.model.EvidenceSet;
import io.leeway.model.PriorDecision;
import io.leeway.model.Proposal;
import io.leeway.model.Subject;
import io.leeway.model.Trace;
import io.leeway.policy.Suggestion;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a guardrail may ask: the facts, their properties, and the methods with their parameters. Nothing else exists for it. */
final class GuardrailVocabulary {
    /** Facts that a pattern may name. */
    static final Map<String, Class<?>> FACTS =
            Map.of("Proposal", Proposal.class, "Evidence", Evidence.class, "PriorDecision", PriorDecision.class);

    /** A number that grows with the clock: the age of evidence in seconds. The rules themselves see a {@link BigDecimal}. */
    static final class Age {
        private Age() {}
    }

    /** A method, with what it takes and gives; numbers are {@link BigDecimal}, sizes {@code int}. */
    record Method(List<Class<?>> parameters, Class<?> result) {}

    private static final Map<Class<?>, Map<String, Class<?>>> PROPERTIES = Map.of(
            Proposal.class,
                    Map.of(
                            "action", Action.class,
                            "agent", Agent.class,
                            "subject", Subject.class,
                            "evidence", EvidenceSet.class,
                            "trace", Trace.class,
                            "now", Instant.class),
            Action.class,
                    Map.of(
                            "id", String.class,
                            "type", String.class,
                            "summary", String.class,
                            "amount", BigDecimal.class,
                            "currency", String.class,
                            "confidence", BigDecimal.class,
                            "reversible", Boolean.class,
                            "supersedes", String.class),
            Agent.class,
                    Map.of(
                            "id", String.class,
                            "operator", String.class,
                            "onBehalfOf", String.class,
                            "stage", String.class),
            Subject.class, Map.of("type", String.class, "id", String.class),
            EvidenceSet.class, Map.of("count", BigDecimal.class, "oldestSeconds", Age.class),
            Evidence.class,
                    Map.of(
                            "name", String.class,
                            "source", String.class,
                            "observedAt", Instant.class,
                            "schema", String.class,
                            "lineage", List.class,
                            "digest", String.class),
            PriorDecision.class,
                    Map.of(
                            "id", String.class,
                            "agent", String.class,
                            "actionType", String.class,
                            "at", Instant.class,
                            "amount", BigDecimal.class,
                            "currency", String.class,
                            "sameTrace", boolean.class,
                            "ageSeconds", BigDecimal.class),
            Trace.class,
                    Map.of(
                            "id", String.class,
                            "parent", String.class,
                            "goal", String.class,
                            "depth", BigDecimal.class,
                            "repeats", BigDecimal.class));

    private static final Map<Class<?>, Map<String, Method>> METHODS = Map.of(
            Action.class,
                    Map.of(
                            "text", method(String.class, String.class),
                            "number", method(BigDecimal.class, String.class),
                            "flag", method(Boolean.class, String.class),
                            "ratio", method(BigDecimal.class, String.class, String.class)),
            Subject.class,
                    Map.of(
                            "text", method(String.class, String.class),
                            "number", method(BigDecimal.class, String.class),
                            "flag", method(Boolean.class, String.class)),
            EvidenceSet.class,
                    Map.of(
                            "staleAfter", method(boolean.class, String.class, String.class),
                            "schema", method(String.class, String.class),
                            "verified", method(boolean.class, String.class),
                            "ageSeconds", method(Age.class, Evidence.class)),
            String.class,
                    Map.of(
                            "startsWith", method(boolean.class, String.class),
                            "endsWith", method(boolean.class, String.class),
                            "contains", method(boolean.class, String.class),
                            "equals", method(boolean.class, String.class),
                            "equalsIgnoreCase", method(boolean.class, String.class),
                            "isEmpty", method(boolean.class)),
            Instant.class,
                    Map.of(
                            "isBefore", method(boolean.class, Instant.class),
                            "isAfter", method(boolean.class, Instant.class)),
            List.class,
                    Map.of(
                            "size", method(int.class),
                            "isEmpty", method(boolean.class),
                            "contains", method(boolean.class, String.class)));

    private GuardrailVocabulary() {}

    /** The facts and the imports that they need, for messages. */
    static String factNames(String prefix) {
        return FACTS.keySet().stream().sorted().map(name -> prefix + name).collect(Collectors.joining(", "));
    }

    static Optional<Class<?>> property(Class<?> type, String name) {
        return Optional.ofNullable(PROPERTIES.getOrDefault(type, Map.of()).get(name));
    }

    /** The property that somebody may have meant, {@code ""} for none. */
    static String didYouMean(Class<?> type, String name) {
        return Suggestion.didYouMean(
                name, PROPERTIES.getOrDefault(type, Map.of()).keySet());
    }

    static Optional<Method> method(Class<?> type, String name) {
        return Optional.ofNullable(METHODS.getOrDefault(type, Map.of()).get(name));
    }

    /** Everything that may be asked of a type, for messages. */
    static String allowedFor(Class<?> type) {
        List<String> properties = PROPERTIES.getOrDefault(type, Map.of()).keySet().stream()
                .sorted()
                .toList();
        List<String> methods = METHODS.getOrDefault(type, Map.of()).keySet().stream()
                .sorted()
                .map(name -> name + "(…)")
                .toList();
        String both = String.join(", ", properties)
                + (properties.isEmpty() || methods.isEmpty() ? "" : ", ")
                + String.join(", ", methods);
        return both.isEmpty() ? "nothing" : both;
    }

    private static Method method(Class<?> result, Class<?>... parameters) {
        return new Method(List.of(parameters), result);
    }
}
