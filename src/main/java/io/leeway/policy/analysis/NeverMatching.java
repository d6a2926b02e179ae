package io.leeway.policy.analysis;

import io.leeway.policy.Condition;
import io.leeway.policy.check.FindingCode;
import java.util.ArrayList;
import java.util.List;

/** Rows whose conditions no proposal satisfies. */
final class NeverMatching {
    private NeverMatching() {}

    /** Reports them, and gives the others. */
    static List<Region> live(Inquiry inquiry) {
        List<Region> live = new ArrayList<>();
        for (Region region : inquiry.space().regions()) {
            if (inquiry.laws().pointIn(region.box()) != null) {
                live.add(region);
            } else {
                report(inquiry, region);
            }
        }
        return live;
    }

    private static void report(Inquiry inquiry, Region region) {
        List<Condition> conditions = Space.conditions(region.row());
        List<Condition> conflict = new ArrayList<>(conditions);
        for (int i = conflict.size() - 1; i >= 0; i--) {
            Condition one = conflict.remove(i);
            if (isPossible(inquiry, conflict)) {
                conflict.add(i, one);
            }
        }
        String message = "`" + region.row().id() + "` can never match: "
                + (conflict.size() == 1
                        ? Wording.condition(conflict.get(0)) + " holds for nothing that a proposal may be"
                        : Wording.and(conflict.stream().map(Wording::condition).toList()) + " never hold together");
        Condition last = conflict.get(conflict.size() - 1);
        List<Condition> most = new ArrayList<>();
        for (Condition condition : conditions) {
            most.add(condition);
            if (!isPossible(inquiry, most)) {
                most.remove(most.size() - 1);
            }
        }
        Point almost = inquiry.laws().pointIn(inquiry.space().box(most));
        inquiry.report().add(FindingCode.NEVER_MATCHES, region, last.cell(), message, List.of(), almost);
    }

    private static boolean isPossible(Inquiry inquiry, List<Condition> conditions) {
        return inquiry.laws().pointIn(inquiry.space().box(conditions)) != null;
    }
}
