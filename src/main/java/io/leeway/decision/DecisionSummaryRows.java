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

    /**
     * Positions that fit, newest first.
     *
     * @param subjectTags tags of the subject, or null for any: one of them must be the row's
     */
    List<Long> positions(String realm, DecisionQuery query, @Nullable List<Long> subjectTags, @Nullable Long traceTag) {
        List<String> conditions = new ArrayList<>(List.of("realm = :realm", "position < :before"));
        Map<String, Object> values = new HashMap<>(Map.of("realm", realm, "before", query.before()));
        ask(conditions, values, "agent = :agent", "agent", query.agent());
        ask(conditions, values, "actionType = :action", "action", query.actionType());
        ask(
                conditions,
                values,
                "mode = :mode",
                "mode",
                query.mode() == null ? null : query.mode().name());
        ask(conditions, values, "array_contains(rules, :rule)", "rule", query.rule());
        ask(conditions, values, "trace = :trace", "trace", traceTag);
        ask(conditions, values, "(subject in :subject or subjectId in :subject)", "subject", subjectTags);
        ask(conditions, values, "decidedAt >= :since", "since", query.from());
        ask(conditions, values, "decidedAt < :until", "until", query.to());
        ask(conditions, values, "agent in :agents", "agents", query.agents().isEmpty() ? null : query.agents());
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
