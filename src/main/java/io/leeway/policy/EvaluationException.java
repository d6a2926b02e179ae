package io.leeway.policy;

import java.io.Serial;

/** The rules could not be evaluated for a proposal; its verdict is then the strictest. */
public final class EvaluationException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean deadline;

    private EvaluationException(String message, boolean deadline, Throwable cause) {
        super(message, cause);
        this.deadline = deadline;
    }

    /** The deadline passed before the rules were done. */
    public static EvaluationException deadline(Throwable cause) {
        return new EvaluationException("the rules were not done by the deadline", true, cause);
    }

    /** A rule failed, or fired more often than is allowed. */
    public static EvaluationException failed(Throwable cause) {
        return new EvaluationException("a rule failed: " + cause.getMessage(), false, cause);
    }

    public boolean isDeadline() {
        return deadline;
    }
}
