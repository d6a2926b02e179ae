package io.leeway.policy.analysis;

import io.leeway.model.Proposal;
import io.leeway.policy.Condition;
import io.leeway.policy.VerdictBuilder;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Regions, rows and conditions in words for people. */
final class Wording {
    /** Names in one sentence. */
    private static final int MOST = 8;

    private final Space space;
    private final int type;
    private final int currency;
    private final int amount;

    Wording(Space space) {
        this.space = space;
        type = space.indexOf("action.type");
        currency = space.indexOf("action.currency");
        amount = space.indexOf("action.amount");
    }

    /** {@code `billing.refund` in USD above 2,000}: the type, and what else is narrower than in {@code all}. */
    String describe(Box box, Box all) {
        List<String> words = new ArrayList<>();
        words.add(
                box.side(type).equals(space.dimension(type).whole())
                                && space.tables().actions().isEmpty()
                        ? "any action"
                        : texts(type, box.side(type), "any other action type"));
        if (isMoneyless(box, all)) {
            words.add("without an amount");
        } else {
            if (isNarrow(currency, box, all)) {
                words.add(currencies(box.side(currency)));
            }
            if (isNarrow(amount, box, all)) {
                words.add(numbers(space.dimension(amount), box.side(amount)));
            }
        }
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < box.dimensions(); i++) {
            if (i != type && i != currency && i != amount && isNarrow(i, box, all)) {
                rest.add(described(i, box.side(i)));
            }
        }
        return String.join(" ", words) + (rest.isEmpty() ? "" : " where " + and(rest));
    }

    /** {@code `billing.refund` of 10,001 USD}: one proposal, as short as it can be told. */
    String point(Point point) {
        return point(point, null);
    }

    /** @param shown the proposal that is made of the point, null when none can be */
    String point(Point point, @Nullable Proposal shown) {
        String words = "`" + sample(type, point) + "`";
        Object money = shown == null || amount < 0
                ? sample(amount, point)
                : shown.action().amount();
        Object in = sample(currency, point);
        return words
                + (money == null ? "" : " of " + plain(money))
                + (in == null || in.equals("") ? "" : (money == null ? " in " : " ") + in);
    }

    private @Nullable Object sample(int dimension, Point point) {
        return dimension < 0
                ? null
                : space.dimension(dimension)
                        .classes()
                        .get(point.classOf(dimension))
                        .sample();
    }

    private String currencies(BitSet side) {
        BitSet present = (BitSet) side.clone();
        present.clear(space.dimension(currency).absent());
        String in = "in " + texts(currency, present, "any other currency").replace("`", "");
        return in + (present.equals(side) ? "" : ", or without an amount");
    }

    String type(int index) {
        return texts(type, Box.single(index), "any other action type");
    }

    private static boolean isNarrow(int dimension, Box box, Box all) {
        return dimension >= 0 && !box.side(dimension).equals(all.side(dimension));
    }

    private boolean isMoneyless(Box box, Box all) {
        for (int dimension : new int[] {currency, amount}) {
            if (isNarrow(dimension, box, all)
                    && box.side(dimension)
                            .equals(Box.single(space.dimension(dimension).absent()))) {
                return true;
            }
        }
        return false;
    }

    private String described(int index, BitSet side) {
        Dimension dimension = space.dimension(index);
        String path = dimension.path().text().equals(Space.MOMENT)
                ? "the time"
                : "`" + dimension.path().text() + "`";
        return path + " is "
                + switch (dimension.path().type()) {
                    case TEXT -> texts(index, side, "any other");
                    case NUMBER -> numbers(dimension, side);
                    case FLAG ->
                        side.stream()
                                .mapToObj(it -> dimension.isAbsent(it)
                                        ? "absent"
                                        : String.valueOf(
                                                dimension.classes().get(it).sample()))
                                .collect(Collectors.joining(" or "));
                };
    }

    private String texts(int index, BitSet side, String others) {
        Dimension dimension = space.dimension(index);
        List<String> texts = new ArrayList<>();
        boolean other = false;
        for (int i = side.nextSetBit(0); i >= 0; i = side.nextSetBit(i + 1)) {
            ValueClass one = dimension.classes().get(i);
            one.texts().forEach(text -> texts.add("`" + text + "`"));
            other |= one.texts().isEmpty() && !one.isAbsent();
        }
        if (other) {
            texts.add(others);
        }
        if (dimension.absent() >= 0 && side.get(dimension.absent())) {
            texts.add("absent");
        }
        return listed(texts);
    }

    private static String numbers(Dimension dimension, BitSet side) {
        List<String> runs = new ArrayList<>();
        int end = dimension.absent() < 0 ? dimension.classes().size() : dimension.absent();
        for (int first = side.nextSetBit(0); first >= 0 && first < end; ) {
            int after = Math.min(side.nextClearBit(first), end);
            runs.add(run(dimension, first, after - 1, end - 1));
            first = side.nextSetBit(after);
        }
        if (dimension.absent() >= 0 && side.get(dimension.absent())) {
            runs.add("absent");
        }
        return String.join(" or ", runs);
    }

    private static String run(Dimension dimension, int first, int last, int highest) {
        ValueClass from = dimension.classes().get(first);
        ValueClass to = dimension.classes().get(last);
        boolean moments = dimension.path().text().equals(Space.MOMENT);
        if (first == last && from.isPoint()) {
            return "exactly " + number(from.low(), moments);
        }
        List<String> bounds = new ArrayList<>();
        if (first > 0) {
            bounds.add((from.isPoint() ? "at least " : "above ") + number(from.low(), moments));
        }
        if (last < highest) {
            bounds.add((to.isPoint() ? "up to " : "below ") + number(to.high(), moments));
        }
        return bounds.isEmpty() ? "any number" : String.join(" and ", bounds);
    }

    private static String number(@Nullable BigDecimal number, boolean moment) {
        return moment && number != null
                ? Instant.ofEpochSecond(number.longValueExact()).toString()
                : plain(number);
    }

    /** {@code 2,000.5}, whatever the machine's language. */
    static String plain(@Nullable Object number) {
        return number instanceof BigDecimal decimal
                ? new DecimalFormat("#,##0.#################", DecimalFormatSymbols.getInstance(Locale.ROOT))
                        .format(decimal)
                : String.valueOf(number);
    }

    /** {@code `action.amount > 500`}. */
    static String condition(Condition condition) {
        return condition.path().text().equals(Space.MOMENT)
                ? "the row's dates"
                : "`" + condition.path().text() + " " + condition.operator().symbol() + " " + condition.limitText()
                        + "`";
    }

    /** {@code `LIM-01` requires `Human in the loop`}. */
    static String says(Region region) {
        return "`" + region.row().id() + "` " + effect(region);
    }

    static String effect(Region region) {
        String mode = region.prohibits() ? "Prohibited" : VerdictBuilder.words(region.mode());
        return (region.isGrant() ? "grants" : "requires") + " `" + mode + "`";
    }

    static String ids(Collection<Region> regions) {
        return listed(regions.stream().map(it -> "`" + it.row().id() + "`").toList());
    }

    static String verb(Collection<Region> subjects, String one, String several) {
        return subjects.size() == 1 ? one : several;
    }

    static String some(List<String> names) {
        return listed(names);
    }

    static String and(List<String> parts) {
        int last = parts.size() - 1;
        return last < 1
                ? String.join("", parts)
                : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    }

    private static String listed(List<String> names) {
        return names.size() <= MOST
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST)) + " and " + (names.size() - MOST) + " more";
    }
}
