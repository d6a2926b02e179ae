package io.leeway.policy.analysis;

import io.leeway.policy.analysis.Remainder.TooLongException;
import io.leeway.policy.check.FindingCode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Grants of different modes that meet: where they do, the most lenient counts. */
final class Overlaps {
    private Overlaps() {}

    static void report(Inquiry inquiry, List<Region> live) {
        List<Region> grants = live.stream().filter(Region::isGrant).toList();
        List<Region> safeguards = live.stream().filter(it -> !it.isGrant()).toList();
        for (Region strict : grants) {
            List<Region> lenient = grants.stream()
                    .filter(it -> it.mode().compareTo(strict.mode()) < 0 && inquiry.meet(it.box(), strict.box()))
                    .toList();
            if (!lenient.isEmpty()) {
                Box common =
                        Objects.requireNonNull(strict.box().and(lenient.get(0).box()));
                String message = Wording.says(strict) + " and meets " + Wording.ids(lenient)
                        + ", more lenient, which counts there: "
                        + new Wording(inquiry.space())
                                .describe(common, inquiry.space().whole());
                inquiry.report()
                        .add(FindingCode.OVERLAP, strict, "", message, lenient, shown(inquiry, common, safeguards));
            }
        }
    }

    /** Where no safeguard hides it, if there is such a place. */
    private static @Nullable Point shown(Inquiry inquiry, Box common, List<Region> safeguards) {
        try {
            Point open = inquiry.remainder().outside(common, safeguards);
            return open == null ? inquiry.laws().pointIn(common) : open;
        } catch (TooLongException e) {
            return inquiry.laws().pointIn(common);
        }
    }
}
