package io.leeway.decision;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Searches over {@link DecisionSummaryRow}. */
@ApplicationScoped
class DecisionSummaryRows implements PanacheRepositoryBase<DecisionSummaryRow, DecisionSummaryRow.Key> {
    private static final long[] OBSERVED = {SearchTerm.OBSERVED};

    /**
     * Positions that fit, newest first.
     *
     * @param all terms that must all be there
     * @param subject terms of which one must be there; none for any
     * @param agents likewise
     */
    List<Long> positions(String realm, DecisionQuery query, long[] all, long[] subject, long[] agents) {
        // A plan that does not know what is asked cannot tell a rare term, which the index finds at once, from one that
        // every other row has.
        getEntityManager()
                .createNativeQuery("set local plan_cache_mode = force_custom_plan")
                .executeUpdate();
        List<String> conditions = new ArrayList<>(List.of("realm = :realm", "position < :before"));
        Map<String, Object> values = new HashMap<>(Map.of("realm", realm, "before", query.before()));
        ask(conditions, values, "array_includes(terms, :all)", "all", all.length == 0 ? null : all);
        ask(conditions, values, "array_intersects(terms, :subject)", "subject", subject.length == 0 ? null : subject);
        ask(conditions, values, "array_intersects(terms, :agents)", "agents", agents.length == 0 ? null : agents);
        boolean enforced = Boolean.TRUE.equals(query.enforced());
        ask(conditions, values, "not array_includes(terms, :not)", "not", enforced ? OBSERVED : null);
        ask(conditions, values, "decidedAt >= :since", "since", query.from());
        ask(conditions, values, "decidedAt < :until", "until", query.to());
        return find(String.join(" and ", conditions), Sort.descending("position"), values)
                .range(0, query.limit() - 1)
                .stream()
                .map(row -> row.position)
                .toList();
    }

    private static void ask(
            List<String> conditions,
            Map<String, Object> values,
            String condition,
            String name,
            @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            values.put(name, value);
        }
    }
}
