package io.leeway.policy.analysis;

import io.leeway.policy.Condition;
import io.leeway.policy.Path;
import io.leeway.policy.Vocabulary;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Something that an agent can leave out of a proposal, or that is not there where nobody sees to it.
 *
 * @param words how the proposal is then, {@code without `action.reversible`}
 * @param classes what paths are then, by their dimensions
 * @param open dimensions that may then be anything
 */
record Omission(String words, Map<Integer, Integer> classes, BitSet open) {
    private static final int STALE = 1;

    /** What a condition of a safeguard depends on; empty when it asks for what is always there. */
    static List<Omission> of(Space space, Condition condition) {
        Path path = condition.path();
        Vocabulary.Call call = Objects.requireNonNull(Vocabulary.call(path.text()));
        String attribute = Vocabulary.listedAttributeOf(path);
        if (attribute != null) {
            return List.of(attribute(space, attribute));
        }
        return switch (call.name()) {
            case "action.amount", "action.currency" -> List.of(amount(space));
            case "action.amountIn" -> List.of(amount(space), rate(space, path));
            case "action.ratio" -> ratio(space, path);
            case "action.reversible", "action.confidence", "agent.operator", "agent.onBehalfOf" ->
                List.of(without("`" + path + "`", space, path::equals));
            case "evidence.staleAfter" ->
                List.of(evidence(space, call.arguments().get(0)));
            case "evidence.schema" ->
                List.of(evidence(space, call.arguments().get(0)), without("`" + path + "`", space, path::equals));
            case "evidence.oldestSeconds" -> List.of(noEvidence(space));
            default -> List.of();
        };
    }

    /** The box of the grant and the safeguard, but with the thing left out. */
    Box box(Box grant, Box safeguard) {
        Box box = grant;
        for (int i = 0; i < grant.dimensions(); i++) {
            Integer left = classes.get(i);
            if (left != null) {
                box = box.with(i, Box.common(grant.side(i), Box.single(left)));
            } else if (!open.get(i)) {
                box = box.with(i, Box.common(grant.side(i), safeguard.side(i)));
            }
        }
        return box;
    }

    private static Omission attribute(Space space, String listed) {
        return without(
                "the attribute `" + listed + "`",
                space,
                path -> listed.equals(Vocabulary.listedAttributeOf(path))
                        || Vocabulary.partsOf(path).contains(listed));
    }

    private static Omission amount(Space space) {
        return without(
                "an amount",
                space,
                path -> path.text().startsWith("action.amount")
                        || path.text().equals("action.currency")
                        || Vocabulary.partsOf(path).contains("amount"));
    }

    private static Omission rate(Space space, Path path) {
        return new Omission("without a rate for `" + path + "`", absent(space, path::equals), new BitSet());
    }

    /** Either number may be missing, and the second may be 0. */
    private static List<Omission> ratio(Space space, Path path) {
        List<String> parts = Vocabulary.partsOf(path);
        List<Omission> omissions = new ArrayList<>();
        parts.forEach(part -> omissions.add(part.equals("amount") ? amount(space) : attribute(space, part)));
        Map<Integer, Integer> zero = absent(space, path::equals);
        int divisor = space.indexOfNumber(parts.get(1));
        zero.put(divisor, space.dimension(divisor).indexOf(BigDecimal.ZERO));
        omissions.add(new Omission("with 0 for `" + parts.get(1) + "`", zero, new BitSet()));
        return omissions;
    }

    private static Omission evidence(Space space, String name) {
        String call = "(\"" + name + "\"";
        Omission named = without(
                "evidence `" + name + "`",
                space,
                path -> path.text().startsWith("evidence.staleAfter" + call)
                        || path.text().startsWith("evidence.schema" + call));
        named.open().or(counted(space));
        return named;
    }

    private static Omission noEvidence(Space space) {
        return without(
                "any evidence",
                space,
                path -> path.text().startsWith("evidence.") && !path.text().startsWith("evidence.verified("));
    }

    private static BitSet counted(Space space) {
        BitSet counted = new BitSet();
        for (String path : List.of("evidence.oldestSeconds", "evidence.count")) {
            if (space.indexOf(path) >= 0) {
                counted.set(space.indexOf(path));
            }
        }
        return counted;
    }

    private static Omission without(String what, Space space, Predicate<Path> affected) {
        return new Omission("without " + what, absent(space, affected), new BitSet());
    }

    private static Map<Integer, Integer> absent(Space space, Predicate<Path> affected) {
        Map<Integer, Integer> classes = new LinkedHashMap<>();
        for (int i = 0; i < space.dimensions().size(); i++) {
            if (affected.test(space.dimension(i).path())) {
                classes.put(i, absent(space.dimension(i)));
            }
        }
        return classes;
    }

    /** What the path is where nothing was sent for it. */
    private static int absent(Dimension dimension) {
        if (dimension.path().evidenceAge() != null) {
            return STALE;
        }
        return dimension.absent() >= 0 ? dimension.absent() : dimension.indexOf(BigDecimal.ZERO);
    }
}
