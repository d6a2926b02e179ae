package io.leeway.policy.analysis;

import io.leeway.model.Mode;
import io.leeway.policy.Condition;
import io.leeway.policy.analysis.Remainder.TooLongException;
import io.leeway.policy.check.FindingCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Limits such as {@code < 500} next to {@code > 500}: the value itself falls between two rows of a kind. */
final class SkippedValues {
    /** A single number of one dimension. */
    private record Value(int dimension, int index, boolean grants) {}

    private final Inquiry inquiry;
    private final List<Region> live;

    private SkippedValues(Inquiry inquiry, List<Region> live) {
        this.inquiry = inquiry;
        this.live = live;
    }

    static void report(Inquiry inquiry, List<Region> live) {
        new SkippedValues(inquiry, live).report();
    }

    private void report() {
        Map<Value, List<Region>> ending = new LinkedHashMap<>();
        Map<Value, List<Region>> beginning = new LinkedHashMap<>();
        for (Region region : live) {
            for (int dimension = 0; dimension < inquiry.space().dimensions().size(); dimension++) {
                collect(region, dimension, ending, beginning);
            }
        }
        ending.forEach((value, below) -> {
            List<Region> above = beginning.getOrDefault(value, List.of());
            below.forEach(one -> report(value, one, above));
        });
    }

    private void collect(
            Region region, int index, Map<Value, List<Region>> ending, Map<Value, List<Region>> beginning) {
        Dimension dimension = inquiry.space().dimension(index);
        BitSet side = region.box().side(index);
        if (!dimension.isNumber() || side == dimension.whole()) {
            return;
        }
        for (int i = 1; i + 1 < dimension.classes().size(); i++) {
            boolean skipped = dimension.classes().get(i).isPoint() && !side.get(i);
            if (skipped
                    && isLimit(region, dimension, dimension.classes().get(i))
                    && side.get(i - 1) != side.get(i + 1)
                    && !dimension.isAbsent(i + 1)) {
                (side.get(i - 1) ? ending : beginning)
                        .computeIfAbsent(new Value(index, i, region.isGrant()), it -> new ArrayList<>())
                        .add(region);
            }
        }
    }

    /** Whether the row itself names the number: both rows must, or it is no limit that they miss but room between them. */
    private static boolean isLimit(Region region, Dimension dimension, ValueClass number) {
        return region.row().conditions().stream()
                .anyMatch(it -> it.path().equals(dimension.path())
                        && it.limit() instanceof BigDecimal limit
                        && number.holds(limit));
    }

    private void report(Value value, Region below, List<Region> above) {
        try {
            for (Region other : above) {
                Point point = skipped(value, below, other);
                if (point != null) {
                    add(value, below, other, point);
                    return; // one for each limit is enough to mend it
                }
            }
        } catch (TooLongException e) {
            inquiry.report().tooLong(FindingCode.SKIPPED_VALUE, below.row().id());
        }
    }

    private @Nullable Point skipped(Value value, Region below, Region above) throws TooLongException {
        Box at = below.box()
                .with(value.dimension(), Box.single(value.index()))
                .and(above.box().with(value.dimension(), Box.single(value.index())));
        if (at == null) {
            return null;
        }
        Mode one = below.mode();
        Mode other = above.mode();
        Predicate<Region> alike = value.grants()
                ? it -> it.grantsUpTo(one.stricter(other))
                : it -> it.requiresAtLeast(one.moreLenient(other));
        return inquiry.remainder().outside(at, Inquiry.meeting(at, live, alike));
    }

    private void add(Value value, Region below, Region above, Point point) {
        Dimension dimension = inquiry.space().dimension(value.dimension());
        Object number = dimension.classes().get(value.index()).sample();
        String cell = below.row().conditions().stream()
                .filter(it -> it.path().equals(dimension.path()) && !it.accepts(number))
                .map(Condition::cell)
                .findFirst()
                .orElse("");
        String message = "`" + dimension.path().text() + "` of exactly `" + Wording.plain(number) + "` is skipped: `"
                + below.row().id() + "` ends below it, and `" + above.row().id() + "` begins above it";
        inquiry.report().add(FindingCode.SKIPPED_VALUE, below, cell, message, List.of(above), point);
    }
}
