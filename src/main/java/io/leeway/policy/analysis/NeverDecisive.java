package io.leeway.policy.analysis;

import io.leeway.model.ApprovalRequirement;
import io.leeway.model.Mode;
import io.leeway.model.Obligation;
import io.leeway.policy.Finding.Severity;
import io.leeway.policy.Row.Outcome;
import io.leeway.policy.analysis.Remainder.TooLongException;
import io.leeway.policy.check.FindingCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Rows without which every verdict would be the same: its mode, whether anybody may act at all, who must approve, what is
 * owed, and how long it lives. Who must approve and how long counts wherever the mode is not human in control, as a stage,
 * or DRL, may turn autonomous into human in the loop.
 */
final class NeverDecisive {
    private final Inquiry inquiry;
    private final List<Region> others;
    private final Region region;
    private final Set<Region> shadows = new LinkedHashSet<>();

    private NeverDecisive(Inquiry inquiry, Region region, List<Region> live) {
        this.inquiry = inquiry;
        this.region = region;
        this.others = Inquiry.meeting(region.box(), live, it -> it != region);
    }

    static void report(Inquiry inquiry, List<Region> live, Set<Region> overruled) {
        List<Region> all = new ArrayList<>(inquiry.space().caps());
        all.addAll(live);
        for (Region region : live) {
            if (!overruled.contains(region)) {
                new NeverDecisive(inquiry, region, all).report();
            }
        }
    }

    private void report() {
        try {
            if (!changesMode() && !changesDuties()) {
                add();
            }
        } catch (TooLongException e) {
            inquiry.report().tooLong(FindingCode.NEVER_DECISIVE, region.row().id());
        }
    }

    private void add() {
        Point point = inquiry.laws().pointIn(region.box());
        String says = Wording.says(region) + ", which changes nothing";
        List<Region> named = List.copyOf(shadows);
        if (!region.isGrant() && !region.prohibits() && !isNeeded()) {
            if (reserves()) {
                return;
            }
            String message = says + " today: no grant is more lenient there"
                    + (named.isEmpty()
                            ? ""
                            : ", and " + Wording.ids(named) + Wording.verb(named, " asks", " ask")
                                    + " for the rest of it");
            inquiry.report().add(FindingCode.NEVER_DECISIVE, Severity.INFO, region, "", message, named, point);
            return;
        }
        String message = says + ": "
                + (named.isEmpty()
                        ? "it is what holds without any grant"
                        : Wording.ids(named) + Wording.verb(named, " says", " say") + " as much wherever it matches");
        inquiry.report().add(FindingCode.NEVER_DECISIVE, region, "", message, named, point);
    }

    /** Whether all it does is to say that something is a person's: that closes a gap, though no verdict changes. */
    private boolean reserves() {
        Outcome outcome = region.row().outcome();
        return region.mode() == Mode.HUMAN_IN_CONTROL
                && outcome.obligations().isEmpty()
                && outcome.approvers() == null
                && outcome.expires() == null;
    }

    /** Whether some grant is more lenient than this safeguard. A safeguard that waits for one is no mistake. */
    private boolean isNeeded() {
        return others.stream()
                .anyMatch(it ->
                        it.isGrant() && it.mode().compareTo(region.mode()) < 0 && inquiry.meet(it.box(), region.box()));
    }

    private boolean changesMode() throws TooLongException {
        Mode mode = region.mode();
        if (region.prohibits()) {
            return shows(region.box(), Region::prohibits);
        }
        if (!region.isGrant()) {
            return showsUnder(it -> it.isGrant() && it.mode().compareTo(mode) < 0, it -> it.requiresAtLeast(mode));
        }
        return switch (mode) {
            case HUMAN_IN_CONTROL -> false;
            case HUMAN_IN_THE_LOOP -> shows(region.box(), it -> it.grantsUpTo(mode) || isClosed(it));
            // Where another grant gives human in the loop, it makes a difference unless a safeguard wants that too.
            case AUTONOMOUS ->
                shows(region.box(), it -> it.grantsUpTo(Mode.AUTONOMOUS) || it.requiresAtLeast(Mode.HUMAN_IN_THE_LOOP))
                        || shows(region.box(), it -> it.grantsUpTo(Mode.HUMAN_IN_THE_LOOP) || isClosed(it));
        };
    }

    private boolean changesDuties() throws TooLongException {
        Outcome outcome = region.row().outcome();
        for (Obligation owed : outcome.obligations()) {
            if (shows(region.box(), it -> it.owes(owed))) {
                return true;
            }
        }
        ApprovalRequirement asked = outcome.approvers();
        if (asked != null && showsWhereOpen(it -> it.asks(asked))) {
            return true;
        }
        Duration life = outcome.expires();
        return life != null && showsWhereOpen(it -> it.livesAtMost(life));
    }

    private static boolean isClosed(Region other) {
        return other.requiresAtLeast(Mode.HUMAN_IN_CONTROL);
    }

    /** Whether it shows somewhere where the mode is not human in control. */
    private boolean showsWhereOpen(Predicate<Region> same) throws TooLongException {
        Predicate<Region> hides = it -> same.test(it) || isClosed(it);
        if (isClosed(region)) {
            return false;
        }
        return region.grantsUpTo(Mode.HUMAN_IN_THE_LOOP)
                ? shows(region.box(), hides)
                : showsUnder(it -> it.grantsUpTo(Mode.HUMAN_IN_THE_LOOP), hides);
    }

    /** Whether it shows somewhere where one of these grants matches too. */
    private boolean showsUnder(Predicate<Region> grants, Predicate<Region> hides) throws TooLongException {
        for (Region grant : others) {
            if (grants.test(grant)) {
                Box common = region.box().and(grant.box());
                if (common != null && shows(common, hides)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether it shows somewhere in the box where no row matches that hides it; otherwise notes those that do. */
    private boolean shows(Box box, Predicate<Region> hides) throws TooLongException {
        Set<Region> used = new LinkedHashSet<>();
        boolean shows = inquiry.remainder().outside(box, Inquiry.meeting(box, others, hides), used) != null;
        if (!shows) {
            shadows.addAll(inquiry.remainder().needed(box, used));
        }
        return shows;
    }
}
