package io.leeway.policy;

import io.leeway.model.Activity;
import io.leeway.model.ActivityQuery;
import io.leeway.model.ActivityQuery.Measure;
import io.leeway.model.Proposal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the rows and guardrails of a version ask of recent activity. */
public final class ActivityQuestions {
    private final List<Asking> rows = new ArrayList<>();
    private final Set<ActivityQuery> always;
    private final Set<ActivityQuery> all;

    /** @param always what is asked of actions of any type */
    public ActivityQuestions(List<Row> rows, Set<ActivityQuery> always) {
        this.always = Set.copyOf(always);
        this.all = new HashSet<>(always);
        for (Row row : rows) {
            Set<ActivityQuery> queries = new HashSet<>();
            row.conditions().forEach(condition -> add(queries, condition.path().activity()));
            if (!queries.isEmpty()) {
                this.rows.add(new Asking(
                        row.conditions().stream()
                                .filter(it -> it.path().text().equals("action.type"))
                                .toList(),
                        queries));
                all.addAll(queries);
            }
        }
    }

    /** @param types what the row asks of the action's type */
    private record Asking(List<Condition> types, Set<ActivityQuery> queries) {
        boolean isAbout(String actionType) {
            return types.stream().allMatch(condition -> condition.accepts(actionType));
        }
    }

    private static void add(Set<ActivityQuery> queries, @Nullable ActivityQuery query) {
        if (query != null) {
            queries.add(query);
        }
    }

    /** Everything that is asked. */
    public Set<ActivityQuery> all() {
        return Set.copyOf(all);
    }

    /** What is asked of actions of that type; no row that asks more can match one. */
    public Set<ActivityQuery> of(String actionType) {
        Set<ActivityQuery> asked = new HashSet<>(always);
        for (Asking row : rows) {
            if (row.isAbout(actionType)) {
                asked.addAll(row.queries());
            }
        }
        return asked;
    }

    /** Whether the activity answers everything that is asked of the proposal. */
    public boolean areAnsweredBy(Activity activity, Proposal proposal) {
        boolean money = proposal.action().money() != null;
        return of(proposal.action().type()).stream()
                .allMatch(query -> activity.knows(query) || (query.measure() == Measure.EXPOSURE && !money));
    }
}
