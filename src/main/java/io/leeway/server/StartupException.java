package io.leeway.server;

/**
 * Why the service does not start, in words for the person who started it: what was found, where, and what to do. Shown
 * without a stack trace.
 */
public final class StartupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what was found and what to do about it */
    public StartupException(String message) {
        super(message);
    }

    /**
     * @param message what was found and what to do about it
     * @param cause what broke, kept for debuggers; its text belongs into the message
     */
    public StartupException(String message, Throwable cause) {
        super(message, cause);
    }
}
