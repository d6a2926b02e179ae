package io.leeway.policy.analysis;

import io.leeway.model.Mode;
import io.leeway.policy.Guarantee;
import io.leeway.policy.Guarantee.Bound;
import io.leeway.policy.VerdictBuilder;
import io.leeway.policy.analysis.Remainder.TooLongException;
import io.leeway.policy.check.FindingCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether guarantees hold for every proposal. Each is a box that safeguards and the caps of stages must cover wherever a grant
 * is more lenient than it allows. Rules in DRL are left out: they can only make a verdict stricter, so what holds without
 * them holds with them.
 */
final class Guarantees {
    private final Inquiry inquiry;
    private final List<Region> rows;
    private final List<Region> safeguards = new ArrayList<>();

    private Guarantees(Inquiry inquiry, List<Region> live) {
        this.inquiry = inquiry;
        this.rows = live;
        safeguards.addAll(inquiry.space().caps());
        live.stream().filter(it -> !it.isGrant()).forEach(safeguards::add);
    }

    static void report(Inquiry inquiry, List<Region> live) {
        Guarantees guarantees = new Guarantees(inquiry, live);
        inquiry.space().tables().guarantees().forEach(guarantees::prove);
    }

    private void prove(Guarantee guarantee) {
        Box where = inquiry.space().box(guarantee.when());
        if (inquiry.laws().pointIn(where) == null) {
            String message = "`" + guarantee.id() + "` is about nothing: no proposal is as it says";
            inquiry.report()
                    .add(FindingCode.VACUOUS_GUARANTEE, guarantee, guarantee.idCell(), message, List.of(), null);
            return;
        }
        try {
            Point breach = guarantee.then() == Bound.ALWAYS_PROHIBITED
                    ? unprohibited(where)
                    : tooLenient(where, guarantee.then().least());
            if (breach != null) {
                broken(guarantee, breach);
            }
        } catch (TooLongException e) {
            String message = "`" + guarantee.id() + "` could not be proven: it would take too many steps";
            inquiry.report()
                    .add(FindingCode.UNPROVEN_GUARANTEE, guarantee, guarantee.thenCell(), message, List.of(), null);
        }
    }

    private @Nullable Point unprohibited(Box where) throws TooLongException {
        return inquiry.remainder().outside(where, Inquiry.meeting(where, safeguards, Region::prohibits));
    }

    /** A proposal for which a grant is more lenient than {@code least} and nothing asks for that much. */
    private @Nullable Point tooLenient(Box where, Mode least) throws TooLongException {
        for (Region grant : rows) {
            Box common = grant.isGrant() && grant.mode().compareTo(least) < 0 ? where.and(grant.box()) : null;
            if (common != null) {
                Point point = inquiry.remainder()
                        .outside(common, Inquiry.meeting(common, safeguards, it -> it.requiresAtLeast(least)));
                if (point != null) {
                    return point;
                }
            }
        }
        return null;
    }

    private void broken(Guarantee guarantee, Point breach) {
        List<Region> matching =
                rows.stream().filter(it -> it.box().holds(breach)).toList();
        List<Region> grants = matching.stream().filter(Region::isGrant).toList();
        String verdict = VerdictBuilder.words(mode(breach, matching));
        String because = grants.isEmpty()
                ? ", and nothing prohibits it"
                : ": " + Wording.ids(grants) + Wording.verb(grants, " grants", " grant") + " it";
        String message = "`" + guarantee.id() + "`, `" + guarantee.then().words() + "`, does not hold: "
                + new Wording(inquiry.space()).point(breach) + " would be `" + verdict + "`" + because;
        inquiry.report().add(FindingCode.BROKEN_GUARANTEE, guarantee, guarantee.thenCell(), message, matching, breach);
    }

    private Mode mode(Point point, List<Region> matching) {
        Mode mode = Mode.HUMAN_IN_CONTROL;
        for (Region region : matching) {
            if (region.isGrant()) {
                mode = mode.moreLenient(region.mode());
            }
        }
        for (Region safeguard : safeguards) {
            if (safeguard.box().holds(point)) {
                mode = mode.stricter(safeguard.mode());
            }
        }
        return mode;
    }
}
