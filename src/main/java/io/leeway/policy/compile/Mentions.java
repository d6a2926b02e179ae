package io.leeway.policy.compile;

import io.leeway.model.ActivityQuery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the DRL of a version asks for beyond the facts as sent; noted while its files are read. */
final class Mentions {
    private final Set<String> pathTexts = new HashSet<>();
    private final List<AgeCondition> ages = new ArrayList<>();
    private final Set<ActivityQuery> activity = new HashSet<>();

    void addPath(String text) {
        pathTexts.add(text);
    }

    void addAge(AgeCondition condition) {
        ages.add(condition);
    }

    /** Paths that have to be derived. */
    Set<String> pathTexts() {
        return pathTexts;
    }

    void addActivity(ActivityQuery query) {
        activity.add(query);
    }

    /** What is asked of recent activity, about any action. */
    Set<ActivityQuery> activity() {
        return activity;
    }

    List<AgeCondition> ages() {
        return ages;
    }
}
