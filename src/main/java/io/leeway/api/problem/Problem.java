package io.leeway.api.problem;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.leeway.model.Refusal;
import io.leeway.model.Violation;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A problem document (RFC 9457).
 *
 * @param type stable URI reference, one for each code: {@code /problems/permit-consumed}
 * @param title the code in words
 * @param status HTTP status
 * @param detail one or two sentences about this case
 * @param code stable, upper case with underscores
 * @param violations where the request is at fault; left out when empty
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Violation> violations) {
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final Map<Refusal.Kind, Integer> STATUS = Map.of(
            Refusal.Kind.MALFORMED, 400,
            Refusal.Kind.INVALID, 422,
            Refusal.Kind.UNAUTHENTICATED, 401,
            Refusal.Kind.FORBIDDEN, 403,
            Refusal.Kind.NOT_FOUND, 404,
            Refusal.Kind.CONFLICT, 409,
            Refusal.Kind.PRECONDITION, 412,
            Refusal.Kind.TOO_LARGE, 413,
            Refusal.Kind.OVERLOADED, 429,
            Refusal.Kind.UNAVAILABLE, 503);

    private static final Map<Integer, Words> PLAIN = Map.of(
            400, new Words("BAD_REQUEST", "The request cannot be read."),
            404, new Words("NOT_FOUND", "There is nothing here."),
            405, new Words("METHOD_NOT_ALLOWED", "The path does not take this method; `Allow` says which it takes."),
            406, new Words("NOT_ACCEPTABLE", "The answer is application/json, which `Accept` does not allow."),
            413, new Words("BODY_TOO_LARGE", "The body may have at most 262144 bytes."),
            414, new Words("URI_TOO_LONG", "The request line is too long."),
            415, new Words("UNSUPPORTED_MEDIA_TYPE", "The body must be application/json."),
            431, new Words("HEADERS_TOO_LARGE", "The headers are too large."));

    private record Words(String code, String detail) {}

    public Problem {
        violations = List.copyOf(violations);
    }

    /** The document of a refusal. */
    public static Problem of(Refusal refusal) {
        return of(STATUS.getOrDefault(refusal.kind(), 500), refusal.code(), refusal.detail(), refusal.violations());
    }

    /** The document of an error that HTTP itself knows; without anything that an exception may have said. */
    public static Problem of(int status) {
        Words words = PLAIN.getOrDefault(
                status,
                status < 500
                        ? new Words("REQUEST_REFUSED", "The request cannot be carried out.")
                        : new Words("INTERNAL", "The service failed."));
        return of(status, words.code(), words.detail(), List.of());
    }

    /**
     * The document of a failure that nobody foresaw.
     *
     * @param incident what the log names it
     */
    public static Problem internal(String incident) {
        return of(
                500,
                "INTERNAL",
                "The service failed; its log has the reason under " + incident
                        + ". There is no verdict: treat the action as human in control.",
                List.of());
    }

    private static Problem of(int status, String code, String detail, List<Violation> violations) {
        String words = code.toLowerCase(Locale.ROOT);
        return new Problem(
                "/problems/" + words.replace('_', '-'),
                code.charAt(0) + words.substring(1).replace('_', ' '),
                status,
                detail,
                code,
                violations);
    }

    /** Whether the same request may succeed a moment later. */
    @JsonIgnore
    public boolean isPassing() {
        return status == 429 || status == 503;
    }
}
