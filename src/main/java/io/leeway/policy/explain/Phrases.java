package io.leeway.policy.explain;

import io.leeway.model.Mode;
import io.leeway.model.Proposal;
import io.leeway.policy.ClockTime;
import io.leeway.policy.Condition;
import io.leeway.policy.Explanation;
import io.leeway.policy.Numbers;
import io.leeway.policy.Operator;
import io.leeway.policy.Path;
import io.leeway.policy.PathType;
import io.leeway.policy.Vocabulary;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values, limits and distances in words for people, with their units. */
public final class Phrases {
    private static final Map<String, String> UNITS = Vocabulary.entries().stream()
            .collect(Collectors.toMap(entry -> name(entry.path()), Vocabulary.Entry::unit, (one, other) -> one));

    private Phrases() {}

    /** A mode as it stands in a sentence, {@code human in the loop}. */
    public static String mode(Mode mode) {
        return switch (mode) {
            case AUTONOMOUS -> "autonomous";
            case HUMAN_IN_THE_LOOP -> "human in the loop";
            case HUMAN_IN_CONTROL -> "human in control";
        };
    }

    /** A length of time, {@code 15 min}, {@code 2 days 1 h}. */
    public static String duration(Duration duration) {
        List<String> parts = new ArrayList<>();
        part(parts, duration.toDays(), duration.toDays() == 1 ? "day" : "days");
        part(parts, duration.toHoursPart(), "h");
        part(parts, duration.toMinutesPart(), "min");
        BigDecimal seconds =
                BigDecimal.valueOf(duration.toSecondsPart()).add(BigDecimal.valueOf(duration.getNano(), 9));
        if (seconds.signum() != 0) {
            parts.add(Numbers.normal(seconds).toPlainString() + " s");
        }
        return parts.isEmpty() ? "0 s" : String.join(" ", parts);
    }

    private static void part(List<String> parts, long count, String unit) {
        if (count != 0) {
            parts.add(count + " " + unit);
        }
    }

    /** Seconds as a length of time. */
    public static String age(BigDecimal seconds) {
        return duration(Duration.ofSeconds(
                seconds.longValue(),
                seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue()));
    }

    /** A value of the path with its unit, {@code 620 USD}; {@code absent} when there is none. */
    public static String value(Path path, @Nullable Object value, Proposal proposal) {
        if (value == null || value.equals("")) {
            return "absent";
        }
        if (value instanceof BigDecimal number) {
            if (isTime(path)) {
                return ClockTime.text(number);
            }
            String unit = unit(path, proposal);
            return unit.equals("s") ? age(number) : number.toPlainString() + (unit.isEmpty() ? "" : " " + unit);
        }
        return value instanceof Boolean flag ? (flag ? "true" : "false") : "`" + value + "`";
    }

    static String found(Condition condition, Proposal proposal) {
        return found(
                condition.path(),
                condition.path().valueOf(proposal),
                Explanation.of(condition, proposal).detail(),
                proposal);
    }

    /** @param detail as answers spell it, {@code 10800 s old} */
    static String found(Path path, @Nullable Object value, @Nullable String detail, Proposal proposal) {
        Path.EvidenceAge age = path.evidenceAge();
        if (age == null) {
            return "`" + path + "` is " + value(path, value, proposal);
        }
        String words = detail == null ? "" : detail;
        boolean old = words.endsWith(" s old");
        String state = old ? age(new BigDecimal(words.substring(0, words.indexOf(' ')))) + " old" : words;
        return "evidence `" + age.evidence() + (words.startsWith("schema ") ? "` has the " : "` is ") + state;
    }

    static String asked(Condition condition, Proposal proposal) {
        Path.EvidenceAge age = condition.path().evidenceAge();
        if (age != null) {
            String limit = duration(Duration.parse(age.limit()));
            return asksForTrue(condition) ? "older than " + limit + ", or not usable" : "at most " + limit + " old";
        }
        if (condition.limit() instanceof List<?> list) {
            return (condition.operator() == Operator.IN ? "one of " : "none of ")
                    + list.stream().map(it -> "`" + it + "`").collect(Collectors.joining(", "));
        }
        String limit = value(condition.path(), condition.limit(), proposal);
        if (isTime(condition.path())) {
            return time(condition.operator(), limit);
        }
        boolean number = condition.path().type() == PathType.NUMBER;
        return switch (condition.operator()) {
            case EQUAL -> number ? "exactly " + limit : limit;
            case NOT_EQUAL -> "not " + limit;
            case GREATER -> "more than " + limit;
            case AT_LEAST -> "at least " + limit;
            case LESS -> "less than " + limit;
            case AT_MOST -> "at most " + limit;
            case STARTS_WITH -> "beginning with " + limit;
            case IN, NOT_IN -> throw new IllegalStateException("a list has its own words");
        };
    }

    private static String time(Operator operator, String limit) {
        return switch (operator) {
            case EQUAL -> "exactly " + limit;
            case NOT_EQUAL -> "not " + limit;
            case GREATER -> "after " + limit;
            case AT_LEAST -> "not before " + limit;
            case LESS -> "before " + limit;
            case AT_MOST -> "not after " + limit;
            case STARTS_WITH, IN, NOT_IN -> throw new IllegalStateException(operator + " does not order");
        };
    }

    private static boolean isTime(Path path) {
        return name(path.text()).equals("now.time");
    }

    private static boolean asksForTrue(Condition condition) {
        return condition.accepts(Boolean.TRUE);
    }

    static String distance(Condition condition, Proposal proposal) {
        if (!(condition.path().valueOf(proposal) instanceof BigDecimal value)
                || !(condition.limit() instanceof BigDecimal limit)) {
            return "";
        }
        BigDecimal difference = value.subtract(limit);
        if (isTime(condition.path())) {
            return difference.signum() == 0
                    ? "just at the limit"
                    : hours(difference.abs()) + (difference.signum() > 0 ? " too late" : " too early");
        }
        Function<BigDecimal, String> words = number -> value(condition.path(), Numbers.normal(number), proposal);
        return switch (Integer.signum(difference.signum())) {
            case 1 -> words.apply(difference) + " too much";
            case -1 -> words.apply(difference.negate()) + " too little";
            default -> "just at the limit";
        };
    }

    private static String hours(BigDecimal hours) {
        return duration(Duration.ofSeconds(hours.multiply(BigDecimal.valueOf(3_600))
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact()));
    }

    /** The unit of the path's numbers: of amounts, the currency of the proposal; {@code ""} when it has none. */
    private static String unit(Path path, Proposal proposal) {
        String unit = UNITS.getOrDefault(name(path.text()), "");
        if (unit.equals("action.currency")) {
            return proposal.action().currency();
        }
        if (name(path.text()).equals("action.amountIn")) {
            Vocabulary.Call call = Vocabulary.call(path.text());
            return call == null ? "" : call.arguments().get(0);
        }
        return unit.contains("..") ? "" : unit;
    }

    private static String name(String path) {
        int bracket = path.indexOf('(');
        return bracket < 0 ? path : path.substring(0, bracket);
    }
}
