package io.leeway.policy;

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
    STARTS_WITH("startsWith");

    private final String symbol;

    Operator(String symbol) {
        this.symbol = symbol;
    }

    /** As answers spell it. */
    public String symbol() {
        return symbol;
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
            case IN, STARTS_WITH -> throw new IllegalStateException(this + " does not order");
        };
    }
}
