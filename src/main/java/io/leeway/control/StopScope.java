package io.leeway.control;

import io.leeway.model.PlainText;
import io.leeway.model.Proposal;
import io.leeway.model.Refusal;
import io.leeway.model.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a stop holds.
 *
 * @param value {@code ""} for {@link Kind#ALL}; an agent's id; an action type, a family {@code billing.*} or {@code *}; a
 *     subject as {@code type/id}, {@code type:id} or the bare id, which then holds that id under every type; a trace's id
 */
public record StopScope(Kind kind, String value) {
    private static final int MAX_NAME = 200;
    /** Two names and what is between them. */
    private static final int MAX_SUBJECT = 2 * MAX_NAME + 1;

    /** What a stop can be set on. */
    public enum Kind {
        ALL,
        AGENT,
        ACTION,
        SUBJECT,
        TRACE;

        /** As it is spelled in JSON. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Optional<Kind> of(@Nullable String wire) {
            return Stream.of(values()).filter(kind -> kind.wire().equals(wire)).findFirst();
        }
    }

    /**
     * A scope as it was sent.
     *
     * @throws Refusal {@code INVALID_STOP} with the {@link #violations}
     */
    public static StopScope of(@Nullable String kind, @Nullable String value) {
        List<Violation> violations = violations(kind, value);
        if (!violations.isEmpty()) {
            throw new Refusal(
                    Refusal.Kind.INVALID, "INVALID_STOP", "The stop's scope breaks the contract.", violations);
        }
        return new StopScope(Kind.of(kind).orElseThrow(), value == null ? "" : value);
    }

    /** What is wrong with a scope as it was sent, at {@code /scope/kind} and {@code /scope/value}; empty when nothing is. */
    public static List<Violation> violations(@Nullable String kind, @Nullable String value) {
        return violations("/scope", kind, value);
    }

    /** The same of a scope that was sent elsewhere. */
    public static List<Violation> violations(String pointer, @Nullable String kind, @Nullable String value) {
        Optional<Kind> known = Kind.of(kind);
        if (known.isEmpty()) {
            String allowed =
                    Stream.of(Kind.values()).map(one -> "`" + one.wire() + "`").collect(Collectors.joining(", "));
            String found = kind == null ? "must be given" : "`" + kind + "` is no kind of scope";
            return List.of(new Violation(pointer + "/kind", found + "; allowed are " + allowed));
        }
        String fault = fault(known.get(), value);
        return fault == null ? List.of() : List.of(new Violation(pointer + "/value", fault));
    }

    private static @Nullable String fault(Kind kind, @Nullable String value) {
        return switch (kind) {
            case ALL ->
                value == null || value.isEmpty()
                        ? null
                        : "`" + value + "` is one value too many: a stop of kind `all` holds everything";
            case ACTION -> ActionPattern.fault(value);
            case SUBJECT -> PlainText.fault(value, MAX_SUBJECT);
            case AGENT, TRACE -> PlainText.fault(value, MAX_NAME);
        };
    }

    /** Whether a stop of this scope holds the proposal. */
    public boolean covers(Proposal proposal) {
        return covering(proposal).contains(this);
    }

    /**
     * Whether something of the whole is in this scope and something is not, as far as names tell: parts of another kind always
     * are, as an agent's share of everything is.
     */
    boolean isPartOf(StopScope whole) {
        if (kind == Kind.ALL || (kind == Kind.ACTION && ActionPattern.isAll(value))) {
            return false;
        }
        if (kind != whole.kind) {
            return true;
        }
        return switch (kind) {
            case ACTION -> ActionPattern.isWider(whole.value, value);
            case SUBJECT ->
                whole.typedSubject().isEmpty()
                        && typedSubject()
                                .filter(typed -> typed.endsWith("/" + whole.value))
                                .isPresent();
            case ALL, AGENT, TRACE -> false;
        };
    }

    /** Whether actions of that type can be in this scope. */
    public boolean coversType(String actionType) {
        return kind != Kind.ACTION || ActionPattern.covering(actionType).contains(value);
    }

    /** {@code agent billing-bot}, for a sentence. */
    @Override
    public String toString() {
        return "`" + (kind == Kind.ALL ? kind.wire() : kind.wire() + " " + value) + "`";
    }

    /** Every scope that holds the proposal. */
    static List<StopScope> covering(Proposal proposal) {
        List<StopScope> scopes = new ArrayList<>(10);
        scopes.add(new StopScope(Kind.ALL, ""));
        scopes.add(new StopScope(Kind.AGENT, proposal.agent().id()));
        for (String pattern : ActionPattern.covering(proposal.action().type())) {
            scopes.add(new StopScope(Kind.ACTION, pattern));
        }
        String type = proposal.subject().type();
        String id = proposal.subject().id();
        scopes.add(new StopScope(Kind.SUBJECT, type + "/" + id));
        scopes.add(new StopScope(Kind.SUBJECT, type + ":" + id));
        scopes.add(new StopScope(Kind.SUBJECT, id));
        if (!proposal.trace().id().isEmpty()) {
            scopes.add(new StopScope(Kind.TRACE, proposal.trace().id()));
        }
        return scopes;
    }

    /** A subject's value as {@code type/id}; empty when it can only be a bare id. */
    Optional<String> typedSubject() {
        for (int i = 1; i < value.length() - 1; i++) {
            char c = value.charAt(i);
            if (c == '/' || c == ':') {
                return Optional.of(value.substring(0, i) + "/" + value.substring(i + 1));
            }
        }
        return Optional.empty();
    }
}
