package io.leeway.model;

import java.io.Serial;
import java.util.List;

/**
 * A request that is not carried out, said in words its sender can act on. Nothing was changed or recorded.
 *
 * <p>Knows nothing of HTTP; the edge maps {@link Kind} to a status.
 */
public final class Refusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What sort of refusal it is. */
    public enum Kind {
        /** Not readable as what it should be. */
        MALFORMED,
        /** Readable, but against the rules. */
        INVALID,
        UNAUTHENTICATED,
        FORBIDDEN,
        NOT_FOUND,
        /** The state of the thing forbids it. */
        CONFLICT,
        /** A precondition that the caller named does not hold. */
        PRECONDITION,
        TOO_LARGE,
        /** Too much is waiting; try again later. */
        OVERLOADED,
        /** The ledger cannot record: there is no verdict, treat the action as human in control. */
        UNAVAILABLE
    }

    private final Kind kind;
    private final String code;
    private final transient List<Violation> violations;

    /**
     * @param code stable, upper case with underscores: {@code PERMIT_CONSUMED}
     * @param detail one or two sentences for people
     * @param violations where the body is at fault; empty otherwise
     */
    public Refusal(Kind kind, String code, String detail, List<Violation> violations) {
        super(detail, null, false, false);
        this.kind = kind;
        this.code = code;
        this.violations = List.copyOf(violations);
    }

    public Refusal(Kind kind, String code, String detail) {
        this(kind, code, detail, List.of());
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    /** The sentences for people. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<Violation> violations() {
        return violations;
    }
}
