package io.leeway.policy;

import java.util.Arrays;
import java.util.Optional;

/** How a condition compares. */
public enum Operator {
    EQUAL("=="),
    NOT_EQUAL("!="),
    GREATER(">"),
    AT_LEAST(">="),
    LESS("<"),
    AT_MOST("<="),
    /** Equal to one of a list of texts. */
    IN("in"),
    /** Equal to none of a list of texts; an absent text, {@code ""}, is none of them. */
    NOT_IN("not in"),
    STARTS_WITH("startsWith");

    private final String symbol;

    Operator(String symbol) {
        this.symbol = symbol;
    }

    /** As answers spell it. */
    public String symbol() {
        return symbol;
    }

    /** The operator with that symbol; empty when there is none. */
    public static Optional<Operator> of(String symbol) {
        return Arrays.stream(values())
                .filter(operator -> operator.symbol.equals(symbol))
                .findFirst();
    }

    /** Whether {@code comparison}, the sign of value compared with limit, satisfies this ordering operator. */
    public boolean accepts(int comparison) {
        return switch (this) {
            case EQUAL -> comparison == 0;
            case NOT_EQUAL -> comparison != 0;
            case GREATER -> comparison > 0;
            case AT_LEAST -> comparison >= 0;
            case LESS -> comparison < 0;
            case AT_MOST -> comparison <= 0;
            case IN, NOT_IN, STARTS_WITH -> throw new IllegalStateException(this + " does not order");
        };
    }
}
