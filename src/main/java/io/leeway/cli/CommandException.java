package io.leeway.cli;

/** Why a command stops, in words for the person who gave it; shown without a stack trace. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandException(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /** It was asked rightly and could not be done: exit code 1. */
    static CommandException failed(String message) {
        return new CommandException(message, 1);
    }

    /** Arguments or environment are wrong: exit code 2. */
    static CommandException misused(String message) {
        return new CommandException(message, 2);
    }

    int exitCode() {
        return exitCode;
    }
}
