package io.leeway.policy.analysis;

import io.leeway.model.Mode;
import io.leeway.policy.analysis.Remainder.TooLongException;
import io.leeway.policy.check.FindingCode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows that say one thing while others, wherever they match, say another that wins. */
final class Contradictions {
    private final Inquiry inquiry;
    private final Set<Region> overruled = new HashSet<>();

    private Contradictions(Inquiry inquiry) {
        this.inquiry = inquiry;
    }

    /** Reports them, and gives the rows that are overruled. */
    static Set<Region> report(Inquiry inquiry, List<Region> live) {
        Contradictions contradictions = new Contradictions(inquiry);
        contradictions.sameConditions(live);
        List<Region> safeguards = new ArrayList<>(inquiry.space().caps());
        live.stream().filter(it -> !it.isGrant()).forEach(safeguards::add);
        live.stream()
                .filter(it -> it.isGrant() && it.mode() != Mode.HUMAN_IN_CONTROL)
                .forEach(it -> contradictions.overridden(it, safeguards));
        return contradictions.overruled;
    }

    private void sameConditions(List<Region> live) {
        record Place(boolean grant, List<BitSet> sides) {}
        Map<Place, List<Region>> places = new LinkedHashMap<>();
        for (Region region : live) {
            places.computeIfAbsent(new Place(region.isGrant(), region.box().sides()), it -> new ArrayList<>())
                    .add(region);
        }
        places.values().forEach(this::overruled);
    }

    /** Of grants the most lenient wins, of safeguards the strictest. */
    private void overruled(Collection<Region> same) {
        Comparator<Region> strictness = Comparator.comparing(Region::mode).thenComparing(Region::prohibits);
        Region first = same.iterator().next();
        Region winner = same.stream()
                .min(first.isGrant() ? strictness : strictness.reversed())
                .orElse(first);
        for (Region region : same) {
            if (strictness.compare(region, winner) != 0) {
                add(
                        region,
                        Wording.says(region) + " where `" + winner.row().id() + "`, with the same conditions, "
                                + Wording.effect(winner) + ", which wins",
                        List.of(winner));
            }
        }
    }

    private void overridden(Region grant, List<Region> safeguards) {
        if (overruled.contains(grant)) {
            return;
        }
        List<Region> stricter =
                Inquiry.meeting(grant.box(), safeguards, it -> it.mode().compareTo(grant.mode()) > 0);
        try {
            Set<Region> used = new LinkedHashSet<>();
            if (inquiry.remainder().outside(grant.box(), stricter, used) == null) {
                List<Region> needed = inquiry.remainder().needed(grant.box(), used);
                String message = Wording.says(grant) + ", but wherever it matches " + Wording.ids(needed)
                        + Wording.verb(needed, " asks", " ask") + " for more";
                add(grant, message, needed);
            }
        } catch (TooLongException e) {
            inquiry.report().tooLong(FindingCode.CONTRADICTION, grant.row().id());
        }
    }

    private void add(Region region, String message, List<Region> others) {
        overruled.add(region);
        Point point = inquiry.laws().pointIn(region.box());
        inquiry.report().add(FindingCode.CONTRADICTION, region, "", message, others, point);
    }
}
