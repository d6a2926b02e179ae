package io.leeway.policy;

import io.leeway.model.Obligation;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What the outcome of a rule may ask for, whether a cell or DRL says it. */
public final class OutcomeLimits {
    /** The most people whose approval one rule may ask for. */
    public static final int MOST_APPROVERS = 100;

    private OutcomeLimits() {}

    /** How a value is wrong. */
    public enum Fault {
        WRONG_TYPE,
        OUT_OF_RANGE,
        BAD_DURATION
    }

    /** What is wrong with a value: what was found, what is allowed. */
    public record Problem(Fault fault, String message) {}

    /**
     * What is wrong with an obligation, null when nothing is. {@code sample} has a rate between 0 and 1,
     * {@code reversal-plan} an ISO 8601 duration; the values of other types are the caller's own.
     */
    public static @Nullable Problem problemWith(Obligation obligation) {
        String type = obligation.type();
        String value = obligation.value();
        if (!isValue(type) || !isValue(value)) {
            return new Problem(
                    Fault.WRONG_TYPE, "found `" + type + ", " + value + "`, expected two texts without blanks around");
        }
        return switch (type) {
            case "sample" -> problemWithRate(value);
            case "reversal-plan" -> problemWithDuration(value);
            default -> null;
        };
    }

    /** What is wrong with a group of approvers and how many of them, null when nothing is. */
    public static @Nullable Problem problemWithApprovers(String group, String people) {
        if (!isValue(group)) {
            return new Problem(Fault.WRONG_TYPE, "found `" + group + "`, expected a group without blanks around");
        }
        BigDecimal count = Numbers.parse(people);
        if (count == null || count.scale() > 0) {
            return new Problem(Fault.WRONG_TYPE, "found `" + people + "`, expected a whole number of people");
        }
        return count.signum() <= 0 || count.compareTo(BigDecimal.valueOf(MOST_APPROVERS)) > 0
                ? new Problem(Fault.OUT_OF_RANGE, "`" + count + "` people, allowed are 1 to " + MOST_APPROVERS)
                : null;
    }

    /** What is wrong with a duration, null when nothing is. */
    public static @Nullable Problem problemWithDuration(String text) {
        return IsoDuration.parse(text) != null
                ? null
                : new Problem(Fault.BAD_DURATION, "`" + text + "` is not a duration such as `PT15M` or `P2D`");
    }

    private static @Nullable Problem problemWithRate(String text) {
        BigDecimal rate = Numbers.parse(text);
        if (rate == null) {
            return new Problem(Fault.WRONG_TYPE, "found `" + text + "`, expected a rate such as 0.10");
        }
        return rate.signum() < 0 || rate.compareTo(BigDecimal.ONE) > 0
                ? new Problem(Fault.OUT_OF_RANGE, "`" + text + "` is no rate between 0 and 1")
                : null;
    }

    private static boolean isValue(String text) {
        return !text.isEmpty() && text.equals(text.strip());
    }
}
