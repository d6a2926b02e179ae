package io.leeway.policy.analysis;

import io.leeway.model.ApprovalRequirement;
import io.leeway.model.Mode;
import io.leeway.model.Obligation;
import io.leeway.model.Proposal;
import io.leeway.policy.PolicyTables;
import io.leeway.policy.Row;
import io.leeway.policy.VerdictBuilder;
import io.leeway.policy.analysis.Comparison.Difference;
import io.leeway.policy.analysis.Remainder.TooLongException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds where one version gives more leeway than another. Some grant of the one must match, nothing of it ask for more, and
 * the other have no such grant, or a safeguard that asks for more.
 */
final class Loosening {
    private final BothVersions both;
    private final Laws laws;
    private final Remainder remainder;
    private final Wording wording;
    /** Of the version that may give more. */
    private final List<Region> given;
    /** Of the other; what it does not know, it does not grant. */
    private final List<Region> withheld;

    private final List<Difference> differences = new ArrayList<>();

    /** Something that covers leave of a box. */
    private record Left(Point point, @Nullable Proposal proposal) {}

    Loosening(PolicyTables stricter, PolicyTables looser, int stepsEach, long allSteps) {
        both = new BothVersions(stricter, looser);
        laws = new Laws(both.space());
        remainder = new Remainder(laws, stepsEach, allSteps);
        wording = new Wording(both.space());
        given = both.given();
        withheld = both.withheld();
    }

    List<Difference> differences() throws TooLongException {
        for (Region grant : given) {
            // An autonomous grant gives human in the loop where something asks for that much.
            if (grant.isGrant() && grant.mode() != Mode.HUMAN_IN_CONTROL && !gives(grant, grant.mode())) {
                gives(grant, Mode.HUMAN_IN_THE_LOOP);
            }
        }
        for (Region row : withheld) {
            if (row.prohibits()) {
                prohibition(row);
            }
            duties(row);
        }
        return differences;
    }

    /** Whether somebody gets that mode or a more lenient one by the grant who did not get it before. */
    private boolean gives(Region grant, Mode mode) throws TooLongException {
        List<Region> stricter = Inquiry.meeting(grant.box(), given, it -> asksForMoreThan(it, mode));
        List<Region> closed = new ArrayList<>(stricter);
        closed.addAll(Inquiry.meeting(grant.box(), withheld, it -> it.grantsUpTo(mode)));
        Left ungranted = left(grant.box(), closed);
        if (ungranted != null) {
            add(what(grant, mode, ungranted) + ", which no row granted", grant, null, ungranted);
            return true;
        }
        for (Region safeguard : withheld) {
            Box common = asksForMoreThan(safeguard, mode) ? grant.box().and(safeguard.box()) : null;
            Left left = common == null ? null : left(common, stricter);
            if (left != null) {
                String was = Wording.says(safeguard) + " no more";
                add(what(grant, mode, left) + ", and " + was, grant, safeguard, left);
                return true;
            }
        }
        return false;
    }

    private @Nullable Left left(Box box, List<Region> covers) throws TooLongException {
        Point point = remainder.outside(box, covers);
        if (point == null) {
            return null;
        }
        Predicate<Point> isLeft = it ->
                box.holds(it) && covers.stream().noneMatch(cover -> cover.box().holds(it));
        return new Left(point, Witness.of(both.space(), point, isLeft));
    }

    private String what(Region grant, Mode mode, Left left) {
        return "`" + grant.row().id() + "` gives `" + VerdictBuilder.words(mode) + "` to "
                + wording.point(left.point(), left.proposal());
    }

    private static boolean asksForMoreThan(Region region, Mode mode) {
        return !region.isGrant() && region.mode().compareTo(mode) > 0;
    }

    private void prohibition(Region row) throws TooLongException {
        Left left = left(row.box(), Inquiry.meeting(row.box(), given, Region::prohibits));
        if (left != null) {
            add(
                    "`" + row.row().id() + "` prohibits " + wording.point(left.point(), left.proposal()) + " no more",
                    null,
                    row,
                    left);
        }
    }

    private void duties(Region row) throws TooLongException {
        String id = "`" + row.row().id() + "`";
        for (Obligation owed : row.row().outcome().obligations()) {
            Left left = left(row.box(), Inquiry.meeting(row.box(), given, it -> it.owes(owed)));
            lost(id + " obliges no more to `" + owed.type() + "` `" + owed.value() + "`", row, left);
        }
        ApprovalRequirement asked = row.row().outcome().approvers();
        if (asked != null) {
            String approvers = "`" + asked.group() + "` (" + asked.quorum() + ")";
            lost(id + " asks no more for approval by " + approvers, row, open(row, it -> it.asks(asked)));
        }
        Duration life = row.row().outcome().expires();
        if (life != null) {
            lost(id + " limits permits and approvals no more to " + life, row, open(row, it -> it.livesAtMost(life)));
        }
    }

    private void lost(String what, Region row, @Nullable Left left) {
        if (left != null) {
            add(what + ", for " + wording.point(left.point(), left.proposal()), null, row, left);
        }
    }

    /** Where the row matches, somebody may act under the other version, and none of its rows does the same. */
    private @Nullable Left open(Region row, Predicate<Region> same) throws TooLongException {
        for (Region grant : given) {
            Box common = grant.grantsUpTo(Mode.HUMAN_IN_THE_LOOP) ? row.box().and(grant.box()) : null;
            if (common != null) {
                Left left = left(
                        common,
                        Inquiry.meeting(
                                common, given, it -> same.test(it) || it.requiresAtLeast(Mode.HUMAN_IN_CONTROL)));
                if (left != null) {
                    return left;
                }
            }
        }
        return null;
    }

    private void add(String message, @Nullable Region giving, @Nullable Region withholding, Left left) {
        List<Row> rows = new ArrayList<>();
        if (giving != null) {
            rows.add(giving.row());
        }
        if (withholding != null) {
            rows.add(withholding.row());
        }
        differences.add(new Difference(message, rows, left.proposal()));
    }
}
