package io.leeway.policy.table;

import io.leeway.policy.check.FindingCode;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A file that cannot be read at all, or only up to a cell. */
final class UnreadableFileException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final FindingCode code;
    private final @Nullable String cell;

    UnreadableFileException(FindingCode code, @Nullable String cell, String message) {
        super(message);
        this.code = code;
        this.cell = cell;
    }

    static UnreadableFileException malformed(String message) {
        return new UnreadableFileException(FindingCode.MALFORMED_FILE, null, message);
    }

    static UnreadableFileException tooLarge(String message) {
        return new UnreadableFileException(FindingCode.TOO_LARGE, null, message);
    }

    FindingCode code() {
        return code;
    }

    @Nullable
    String cell() {
        return cell;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
