package io.leeway.policy.table;

import io.leeway.policy.check.FindingCode;
import java.io.Serial;

/** A snippet that the dialect does not know. */
final class SnippetException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final FindingCode code;

    SnippetException(FindingCode code, String message) {
        super(message);
        this.code = code;
    }

    FindingCode code() {
        return code;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
