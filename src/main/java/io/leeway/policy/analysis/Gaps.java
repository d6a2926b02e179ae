package io.leeway.policy.analysis;

import io.leeway.model.Effect;
import io.leeway.model.Mode;
import io.leeway.policy.Condition;
import io.leeway.policy.Row;
import io.leeway.policy.analysis.Remainder.TooLongException;
import io.leeway.policy.check.FindingCode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * What nobody has spoken about: no grant covers it, and neither a safeguard nor a guarantee says that it is a person's. Looked
 * for in the action types that the version declares; without an {@code Actions} sheet, in those that a grant accepts. Reported are
 * regions that cannot be made wider in any direction, except that amounts in different currencies are not thrown together.
 */
final class Gaps {
    /** Regions for one action type: nobody reads more. */
    private static final int MOST = 24;

    private static final int NEAREST = 3;
    private static final int FAR = 1_000_000;

    /** Stands for what was reported already, so that it is not found again. */
    private static final Row REPORTED = nobodys(Effect.GRANT);

    /** Stands for what a guarantee leaves to people. */
    private static final Row PROMISED = nobodys(Effect.REQUIRE);

    private final Inquiry inquiry;
    private final Space space;
    private final Wording wording;
    private final List<Region> grants;
    /** The same by the class of the action type. */
    private final List<List<Region>> byType = new ArrayList<>();

    /** Safeguards and guarantees that say that it is a person's. */
    private final List<Region> reserved = new ArrayList<>();

    private final List<Region> covers;
    private final int type;
    private final int currency;
    private final int amount;

    private Gaps(Inquiry inquiry, List<Region> live) {
        this.inquiry = inquiry;
        space = inquiry.space();
        wording = new Wording(space);
        grants = live.stream().filter(Region::isGrant).toList();
        live.stream().filter(it -> it.requiresAtLeast(Mode.HUMAN_IN_CONTROL)).forEach(reserved::add);
        space.tables().guarantees().stream()
                .filter(it -> it.then().least() == Mode.HUMAN_IN_CONTROL)
                .forEach(it -> reserved.add(new Region(PROMISED, space.box(it.when()))));
        covers = new ArrayList<>(grants);
        covers.addAll(reserved);
        type = space.indexOf("action.type");
        currency = space.indexOf("action.currency");
        amount = space.indexOf("action.amount");
        for (int i = 0; i < space.dimension(type).classes().size(); i++) {
            int one = i;
            byType.add(
                    grants.stream().filter(it -> it.box().side(type).get(one)).toList());
        }
    }

    private static Row nobodys(Effect effect) {
        Row.Outcome outcome = new Row.Outcome(effect, Mode.HUMAN_IN_CONTROL, "", null, List.of(), null);
        return new Row("", "", null, 0, "", "", "", "", "", "", List.of(), outcome, null, null);
    }

    /** Reports them, and gives where they are. */
    static List<Box> report(Inquiry inquiry, List<Region> live) {
        return new Gaps(inquiry, live).report();
    }

    private List<Box> report() {
        boolean declared = !space.tables().actions().isEmpty();
        for (int i = 0; i < space.dimension(type).classes().size(); i++) {
            if (declared || !byType.get(i).isEmpty()) {
                report(i);
            }
        }
        return covers.stream()
                .filter(it -> it.row() == REPORTED)
                .map(Region::box)
                .toList();
    }

    private void report(int typeClass) {
        Box all = space.whole().with(type, Box.single(typeClass));
        try {
            for (int i = 0; i < MOST; i++) {
                Point point = inquiry.remainder().outside(all, Inquiry.meeting(all, covers, it -> true));
                if (point == null) {
                    return;
                }
                Region gap = new Region(REPORTED, widened(point));
                add(gap.box(), point);
                covers.add(gap);
            }
            if (inquiry.remainder().outside(all, Inquiry.meeting(all, covers, it -> true)) != null) {
                inquiry.report().tooLong(FindingCode.AUTHORITY_GAP, wording.type(typeClass));
            }
        } catch (TooLongException e) {
            inquiry.report().tooLong(FindingCode.AUTHORITY_GAP, wording.type(typeClass));
        }
    }

    /**
     * The point with as much around it as no grant covers: first what is least telling, money next, the type last. A
     * safeguard ends a gap in money or type where it holds for all of it; that some of it is a person's anyway (what is
     * done with little confidence, say) does not make the gap less of one.
     */
    private Box widened(Point point) {
        Box box = space.whole();
        for (int i = 0; i < box.dimensions(); i++) {
            box = box.with(i, Box.single(point.classOf(i)));
        }
        for (int i = 0; i < box.dimensions(); i++) {
            if (i != type && i != currency && i != amount) {
                box = widened(box, i, point);
            }
        }
        if (amount >= 0) {
            box = widened(box, amount, point);
        }
        if (currency >= 0
                && (amount < 0 || box.side(amount) == space.dimension(amount).whole())) {
            box = widened(box, currency, point);
        }
        return withTypes(box, point.classOf(type));
    }

    private Box widened(Box box, int index, Point point) {
        Dimension dimension = space.dimension(index);
        BitSet free = free(box, index);
        free.set(point.classOf(index));
        if (free.equals(dimension.whole())) {
            return box.with(index, dimension.whole());
        }
        return box.with(index, dimension.isNumber() ? run(free, point.classOf(index), dimension) : free);
    }

    /** The classes of the dimension for which no grant meets the box, and no safeguard reserves all of it. */
    private BitSet free(Box box, int index) {
        Box open = box.with(index, space.dimension(index).whole());
        BitSet free = (BitSet) space.dimension(index).whole().clone();
        int one = box.side(type).nextSetBit(0); // types are widened last: until then it is one
        for (Region grant : index == type ? grants : byType.get(one)) {
            if (inquiry.meet(grant.box(), open)) {
                free.andNot(grant.box().side(index));
            }
        }
        if (index == amount || index == currency || index == type) {
            for (Region safeguard : reserved) {
                if (safeguard.box().with(index, open.side(index)).holds(open)) {
                    free.andNot(safeguard.box().side(index));
                }
            }
        }
        return free;
    }

    /** The neighbours without a break; what is absent has none. */
    private static BitSet run(BitSet free, int start, Dimension dimension) {
        if (dimension.isAbsent(start)) {
            return Box.single(start);
        }
        BitSet run = new BitSet();
        int end = free.nextClearBit(start);
        run.set(free.previousClearBit(start) + 1, dimension.absent() >= 0 ? Math.min(end, dimension.absent()) : end);
        return run;
    }

    /** Later types of which the same is true, next to the same grants, come in the same finding. */
    private Box withTypes(Box box, int start) {
        BitSet free = free(box, type);
        BitSet types = Box.single(start);
        Set<Region> nearest = Set.copyOf(nearest(box));
        boolean declared = !space.tables().actions().isEmpty();
        for (int i = free.nextSetBit(start + 1); i >= 0; i = free.nextSetBit(i + 1)) {
            Box same = box.with(type, Box.single(i));
            boolean asked = declared || !byType.get(i).isEmpty();
            if (asked && inquiry.laws().pointIn(same) != null && isNextTo(nearest(same), nearest)) {
                types.set(i);
            }
        }
        return box.with(type, types);
    }

    private static boolean isNextTo(List<Region> these, Set<Region> those) {
        return these.isEmpty() ? those.isEmpty() : these.stream().anyMatch(those::contains);
    }

    private void add(Box gap, Point point) {
        List<Region> nearest = nearest(gap);
        String message = "no grant covers "
                + wording.describe(trimmed(gap), space.whole().with(type, gap.side(type)));
        if (nearest.isEmpty()) {
            inquiry.report().add(FindingCode.AUTHORITY_GAP, message, point);
        } else {
            Region first = nearest.get(0);
            inquiry.report()
                    .add(
                            FindingCode.AUTHORITY_GAP,
                            first,
                            ending(first, gap),
                            message + "; nearest is " + Wording.ids(nearest),
                            nearest.subList(1, nearest.size()),
                            point);
        }
    }

    /** Without the lack of money where the type wants some. */
    private Box trimmed(Box gap) {
        if (currency < 0 || gap.side(currency).cardinality() < 2) {
            return gap;
        }
        BitSet none = Box.single(space.dimension(currency).absent());
        return gap.side(currency).intersects(none) && inquiry.laws().pointIn(gap.with(currency, none)) == null
                ? gap.with(currency, Box.minus(gap.side(currency), none))
                : gap;
    }

    /** The grants for the type that lie least apart from the gap. */
    private List<Region> nearest(Box gap) {
        List<Region> nearest = new ArrayList<>();
        long fewest = Long.MAX_VALUE;
        BitSet types = gap.side(type);
        List<Region> near = types.cardinality() == 1
                ? byType.get(types.nextSetBit(0))
                : grants.stream()
                        .filter(it -> it.box().side(type).intersects(types))
                        .toList();
        for (Region grant : near) {
            long apart = apart(grant.box(), gap);
            if (apart < fewest) {
                fewest = apart;
                nearest.clear();
            }
            if (apart == fewest && nearest.size() < NEAREST) {
                nearest.add(grant);
            }
        }
        return nearest;
    }

    /** Numbers lie apart by the classes between them, anything else by more than any of these. */
    private long apart(Box one, Box other) {
        long apart = 0;
        for (int i = 0; i < one.dimensions(); i++) {
            BitSet mine = one.side(i);
            BitSet its = other.side(i);
            if (!mine.intersects(its)) {
                boolean ordered = space.dimension(i).isNumber();
                apart += ordered
                        ? Math.max(its.nextSetBit(0) - mine.length(), mine.nextSetBit(0) - its.length()) + 1
                        : FAR;
            }
        }
        return apart;
    }

    /** The cell of the condition that keeps the grant out of the gap. */
    private String ending(Region grant, Box gap) {
        for (Condition condition : grant.row().conditions()) {
            int dimension = space.indexOf(condition.path().text());
            if (!space.dimension(dimension).accepting(condition).intersects(gap.side(dimension))) {
                return condition.cell();
            }
        }
        return "";
    }
}
