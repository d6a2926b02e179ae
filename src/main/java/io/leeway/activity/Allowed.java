package io.leeway.activity;

import io.leeway.ledger.JsonObject;
import io.leeway.model.Directive;
import io.leeway.model.Mode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an agent may do by a decision, as far as later ones look back at it: nothing, what a permit allows until it ends, or, where
 * the agent is only observed, what it would have got a permit for and does at once.
 *
 * @param expires null unless a permit was given
 */
public record Allowed(boolean isAnything, @Nullable Instant expires) {
    private static final Allowed NOTHING = new Allowed(false, null);
    private static final Allowed AT_ONCE = new Allowed(true, null);

    /**
     * By what was decided.
     *
     * @param expires end of the permit; null without one
     * @param enforced whether the decision bound the agent
     */
    public static Allowed by(@Nullable Instant expires, boolean enforced, Mode mode, Directive directive) {
        if (expires != null) {
            return new Allowed(true, expires);
        }
        boolean would = mode == Mode.AUTONOMOUS && directive == Directive.PROCEED;
        return !enforced && would ? AT_ONCE : NOTHING;
    }

    /** What was allowed, and done. */
    Allowed used() {
        return isAnything ? AT_ONCE : NOTHING;
    }

    /** As the header of a decision tells it. */
    static Allowed by(JsonObject header) {
        JsonObject permit = header.optionalObject("permit");
        return by(
                permit == null ? null : permit.time("expiresAt"),
                !Boolean.FALSE.equals(header.members().get("enforced")),
                Mode.valueOf(header.text("mode")),
                Directive.valueOf(header.text("directive")));
    }
}
