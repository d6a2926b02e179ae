package io.leeway.policy.analysis;

import io.leeway.policy.Condition;
import io.leeway.policy.Operator;
import io.leeway.policy.Path;
import io.leeway.policy.PathType;
import io.leeway.policy.PolicyTables;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A path with the classes of its values: what a condition accepts is a set of classes. Not thread-safe. */
final class Dimension {
    /** The comparison alone, wherever it stands. */
    private record Comparison(Operator operator, Object limit) {}

    private final Path path;
    private final List<ValueClass> classes;
    private final BitSet whole = new BitSet();
    private final int absent;
    private final Map<Comparison, BitSet> accepted = new HashMap<>();

    private Dimension(Path path, List<ValueClass> classes) {
        this.path = path;
        this.classes = List.copyOf(classes);
        whole.set(0, classes.size());
        int last = classes.size() - 1;
        absent = last >= 0 && classes.get(last).isAbsent() ? last : -1;
    }

    /** The classes that these conditions, all on this path, tell apart. */
    static Dimension of(Path path, Collection<Condition> conditions, PolicyTables tables) {
        Map<Comparison, Condition> distinct = new LinkedHashMap<>();
        conditions.forEach(it -> distinct.putIfAbsent(new Comparison(it.operator(), it.limit()), it));
        return new Dimension(
                path,
                switch (path.type()) {
                    case TEXT -> TextClasses.of(path, distinct.values(), tables);
                    case NUMBER -> NumberLaw.of(path).classes(numbers(distinct.values()));
                    case FLAG -> flags(path);
                });
    }

    private static List<BigDecimal> numbers(Collection<Condition> conditions) {
        List<BigDecimal> numbers = new ArrayList<>();
        for (Condition condition : conditions) {
            Collection<?> limits = condition.limit() instanceof List<?> list ? list : List.of(condition.limit());
            limits.forEach(limit -> numbers.add((BigDecimal) limit));
        }
        return numbers;
    }

    private static List<ValueClass> flags(Path path) {
        if (path.text().startsWith("evidence.verified(")) {
            return List.of(ValueClass.flag(false)); // for all, until something is signed or fetched
        }
        boolean always = path.evidenceAge() != null
                || path.activity() != null
                || path.text().startsWith("now.calendar(");
        return always
                ? List.of(ValueClass.flag(false), ValueClass.flag(true))
                : List.of(ValueClass.flag(true), ValueClass.flag(false), ValueClass.ABSENT);
    }

    Path path() {
        return path;
    }

    List<ValueClass> classes() {
        return classes;
    }

    boolean isNumber() {
        return path.type() == PathType.NUMBER;
    }

    /** Every class. Shared: not to be changed. */
    BitSet whole() {
        return whole;
    }

    /** The class of what is absent, -1 when it never is. */
    int absent() {
        return absent;
    }

    /** Whether absent and nothing else. */
    boolean isAbsent(int index) {
        return index == absent;
    }

    /** The classes that satisfy the condition. Shared: not to be changed. */
    BitSet accepting(Condition condition) {
        return accepted.computeIfAbsent(new Comparison(condition.operator(), condition.limit()), key -> {
            BitSet bits = new BitSet();
            for (int i = 0; i < classes.size(); i++) {
                bits.set(i, condition.accepts(classes.get(i).sample()));
            }
            return bits;
        });
    }

    /** The class of a value that was taken from a sample or, for numbers, of any value; -1 when there is none. */
    int indexOf(@Nullable Object value) {
        for (int i = 0; i < classes.size(); i++) {
            ValueClass one = classes.get(i);
            boolean same = value instanceof BigDecimal number
                    ? one.holds(number)
                    : value == null ? one.sample() == null : value.equals(one.sample());
            if (same) {
                return i;
            }
        }
        return -1;
    }
}
