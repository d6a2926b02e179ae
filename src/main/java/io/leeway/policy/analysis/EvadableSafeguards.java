package io.leeway.policy.analysis;

import io.leeway.model.Mode;
import io.leeway.policy.Condition;
import io.leeway.policy.Finding.Severity;
import io.leeway.policy.analysis.Remainder.TooLongException;
import io.leeway.policy.check.FindingCode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Safeguards that an agent gets around by leaving something out that they ask for, where a grant of autonomy does not ask
 * for it and no other safeguard is as strict. Only what agents may leave out counts: what the {@code Actions} sheet does not
 * require, and evidence, of which a safeguard against stale evidence takes missing for stale.
 */
final class EvadableSafeguards {
    private final Inquiry inquiry;
    private final List<Region> grants;
    private final List<Region> safeguards;
    private final int type;

    private EvadableSafeguards(Inquiry inquiry, List<Region> live) {
        this.inquiry = inquiry;
        grants = live.stream()
                .filter(it -> it.isGrant() && it.mode() == Mode.AUTONOMOUS)
                .toList();
        safeguards = new ArrayList<>(inquiry.space().caps());
        live.stream().filter(it -> !it.isGrant()).forEach(safeguards::add);
        type = inquiry.space().indexOf("action.type");
    }

    static void report(Inquiry inquiry, List<Region> live) {
        EvadableSafeguards evadable = new EvadableSafeguards(inquiry, live);
        for (Region region : live) {
            if (!region.isGrant() && region.mode() != Mode.AUTONOMOUS) {
                evadable.report(region);
            }
        }
    }

    private void report(Region safeguard) {
        List<Region> strict = safeguards.stream()
                .filter(it -> it.requiresAtLeast(safeguard.mode()))
                .toList();
        Map<Omission, String> omissions = new LinkedHashMap<>();
        for (Condition condition : safeguard.row().conditions()) {
            Omission.of(inquiry.space(), condition).forEach(it -> omissions.putIfAbsent(it, condition.cell()));
        }
        try {
            for (Map.Entry<Omission, String> omission : omissions.entrySet()) {
                report(safeguard, omission.getKey(), omission.getValue(), strict);
            }
        } catch (TooLongException e) {
            inquiry.report()
                    .tooLong(FindingCode.EVADABLE_SAFEGUARD, safeguard.row().id());
        }
    }

    private void report(Region safeguard, Omission omission, String cell, List<Region> strict) throws TooLongException {
        Set<Region> letting = new LinkedHashSet<>();
        Point shown = null;
        for (Region grant : grants) {
            Point point = evasion(safeguard, grant, omission, strict);
            if (point != null) {
                letting.add(grant);
                shown = shown == null ? point : shown;
            }
        }
        if (shown == null) {
            return;
        }
        boolean declared = !inquiry.space().tables().actions().isEmpty();
        List<Region> named = List.copyOf(letting);
        String message = Wording.says(safeguard) + ", but " + Wording.ids(named)
                + Wording.verb(named, " grants", " grant") + " `Autonomous` to "
                + new Wording(inquiry.space()).type(shown.classOf(type)) + " " + omission.words();
        inquiry.report()
                .add(
                        FindingCode.EVADABLE_SAFEGUARD,
                        declared ? Severity.ERROR : Severity.WARNING,
                        safeguard,
                        cell,
                        message,
                        named,
                        shown);
    }

    /** A proposal of a type that both are about, granted and with nothing as strict against it; null when there is none. */
    private @Nullable Point evasion(Region safeguard, Region grant, Omission omission, List<Region> strict)
            throws TooLongException {
        Box both = safeguard.box().and(grant.box());
        if (both == null) {
            return null;
        }
        Box left = omission.box(grant.box(), safeguard.box());
        if (left.sides().stream().anyMatch(BitSet::isEmpty) || safeguard.box().holds(left)) {
            return null;
        }
        BitSet types = Box.common(left.side(type), both.side(type));
        for (int one = types.nextSetBit(0); one >= 0; one = types.nextSetBit(one + 1)) {
            Box ofType = left.with(type, Box.single(one));
            if (inquiry.laws().pointIn(both.with(type, Box.single(one))) != null) {
                Point point = inquiry.remainder().outside(ofType, Inquiry.meeting(ofType, strict, it -> true));
                if (point != null) {
                    return point;
                }
            }
        }
        return null;
    }
}
