package io.leeway.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of one proposal, read at one moment. When in doubt it is stale: missing, undated, dated more than
 * {@link #TOLERANCE} ahead of the clock, or of another schema than the active version asks for.
 *
 * @param items as sent, in order; several may bear the same name, and then the worst of them counts
 * @param now the ledger's time; {@link Instant#MIN} before the lane has set it
 * @param schemas the schema that the active version requires, by name of the evidence
 */
public record EvidenceSet(List<Evidence> items, Instant now, Map<String, String> schemas) {
    /** How far ahead of the ledger's clock evidence may be dated before it counts as stale. */
    public static final Duration TOLERANCE = Duration.ofSeconds(2);

    /** The age in seconds that undated or future-dated evidence counts as: about 317 years, over any limit. */
    public static final BigDecimal UNKNOWN_AGE = BigDecimal.valueOf(9_999_999_999L);

    public EvidenceSet {
        items = List.copyOf(items);
        schemas = Map.copyOf(schemas);
    }

    /** As sent, before the lane has read the clock. */
    public static EvidenceSet asSent(List<Evidence> items) {
        return new EvidenceSet(items, Instant.MIN, Map.of());
    }

    /** {@link #staleAfter(String, Duration)} with the limit as ISO 8601 text, {@code PT15M}. */
    public boolean staleAfter(String name, String limit) {
        return staleAfter(name, Duration.parse(limit));
    }

    /** Whether that evidence is missing, undated, older than {@code limit}, future-dated or of the wrong schema. */
    public boolean staleAfter(String name, Duration limit) {
        return freshUntil(name, limit).map(until -> now.isAfter(until)).orElse(true);
    }

    /**
     * The last moment at which that evidence is still fresh for {@code limit}; empty when it is stale whatever the time.
     */
    public Optional<Instant> freshUntil(String name, Duration limit) {
        Instant oldest = null;
        for (Evidence item : items) {
            if (!item.name().equals(name)) {
                continue;
            }
            Instant observed = item.observedAt();
            if (observed == null || isAhead(observed) || !schemaFits(item)) {
                return Optional.empty();
            }
            if (oldest == null || observed.isBefore(oldest)) {
                oldest = observed;
            }
        }
        return Optional.ofNullable(oldest).map(observed -> observed.plus(limit));
    }

    /** The schema of that evidence, {@code ""} when it is missing, has none, or several of the name do not agree. */
    public String schema(String name) {
        List<String> schemas = items.stream()
                .filter(item -> item.name().equals(name))
                .map(Evidence::schema)
                .distinct()
                .toList();
        return schemas.size() == 1 ? schemas.get(0) : "";
    }

    /** Whether that evidence was signed by a registered source or fetched by the service itself: not yet, for any. */
    public boolean verified(String name) {
        return false;
    }

    /** Age of the oldest item in seconds, exact to the microsecond; null when there is no evidence at all. */
    public @Nullable BigDecimal oldestSeconds() {
        BigDecimal oldest = null;
        for (Evidence item : items) {
            BigDecimal age = ageSeconds(item);
            if (oldest == null || age.compareTo(oldest) > 0) {
                oldest = age;
            }
        }
        return oldest;
    }

    /** How many items were sent. */
    public BigDecimal count() {
        return BigDecimal.valueOf(items.size());
    }

    /** Age in seconds at {@link #now}, never negative, {@link #UNKNOWN_AGE} when undated or future-dated. */
    public BigDecimal ageSeconds(Evidence item) {
        Instant observed = item.observedAt();
        if (observed == null || isAhead(observed)) {
            return UNKNOWN_AGE;
        }
        Duration age = Duration.between(observed, now);
        return age.isNegative()
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(age.getSeconds()).add(BigDecimal.valueOf(age.getNano() / 1000, 6));
    }

    private boolean isAhead(Instant observed) {
        return observed.isAfter(now.plus(TOLERANCE));
    }

    private boolean schemaFits(Evidence item) {
        String required = schemas.get(item.name());
        return required == null || required.equals(item.schema());
    }
}
