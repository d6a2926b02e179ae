package io.leeway.evidence;

import io.leeway.control.Acknowledgement;
import io.leeway.control.Stop;
import io.leeway.decision.AgentActivity;
import io.leeway.ledger.LedgerTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether one agent is known to keep to a stop, and how that is known.
 *
 * @param proof null unless it is confirmed
 * @param at when it was confirmed; null unless it is
 * @param reaction from the stop to the acknowledgement; null without one
 * @param reason in words, with the times
 */
public record AgentConfirmation(
        AgentActivity activity,
        State state,
        @Nullable Proof proof,
        @Nullable Instant at,
        @Nullable Duration reaction,
        String reason) {
    /** How long nothing must come of an agent that holds no permit any more, until its silence counts. */
    public static final Duration QUIET = Duration.ofSeconds(60);

    /** What is known of an agent. */
    public enum State {
        /** Too early to tell. */
        REQUESTED,
        CONFIRMED,
        /** Neither said nor shown. */
        UNCONFIRMED
    }

    /** How it is known. */
    public enum Proof {
        /** The agent said so, in an entry of the ledger. */
        ACKNOWLEDGEMENT,
        /** All its permits are over, and the ledger holds no proposal of it in scope for {@link #QUIET} since. */
        SILENCE
    }

    /**
     * What the ledger tells of it.
     *
     * @param acknowledgement null when there is none
     * @param now the ledger's time, or the end of the stop
     */
    static AgentConfirmation of(
            Stop stop, AgentActivity activity, @Nullable Acknowledgement acknowledgement, Instant now) {
        if (acknowledgement != null) {
            Duration reaction = Duration.between(stop.placedAt(), acknowledgement.at());
            return new AgentConfirmation(
                    activity,
                    State.CONFIRMED,
                    Proof.ACKNOWLEDGEMENT,
                    acknowledgement.at(),
                    reaction,
                    "Acknowledged by `" + acknowledgement.by() + "` at " + LedgerTime.text(acknowledgement.at())
                            + ", entry " + acknowledgement.position() + ".");
        }
        Instant quietSince = Stream.of(stop.placedAt(), activity.permitsEnd(), activity.lastAttempt())
                .flatMap(Stream::ofNullable)
                .max(Instant::compareTo)
                .orElseThrow();
        Instant proven = quietSince.plus(QUIET);
        if (!stop.isDrill() && !now.isBefore(proven)) {
            return new AgentConfirmation(
                    activity, State.CONFIRMED, Proof.SILENCE, proven, null, silence(activity, quietSince));
        }
        boolean early = now.isBefore(stop.placedAt().plus(QUIET));
        return new AgentConfirmation(
                activity, early ? State.REQUESTED : State.UNCONFIRMED, null, null, null, open(stop, activity, now));
    }

    private static String silence(AgentActivity activity, Instant quietSince) {
        return (activity.permitsEnd() == null
                        ? "It held no permit in scope"
                        : "Its last permit in scope ended at " + LedgerTime.text(activity.permitsEnd()) + " unused")
                + ", and the ledger holds no proposal of it in scope since " + LedgerTime.text(quietSince) + ".";
    }

    private static String open(Stop stop, AgentActivity activity, Instant now) {
        StringBuilder why = new StringBuilder("It has not acknowledged");
        if (stop.isDrill()) {
            return why.append("; silence proves nothing of a drill.").toString();
        }
        if (activity.permitsEnd() != null && activity.permitsEnd().isAfter(now)) {
            why.append(", holds a permit until ").append(LedgerTime.text(activity.permitsEnd()));
        }
        if (activity.lastAttempt() != null) {
            why.append(", and proposed in scope, last at ").append(LedgerTime.text(activity.lastAttempt()));
        } else {
            why.append(", and has not been silent for ")
                    .append(QUIET.toSeconds())
                    .append(" s yet");
        }
        return why.append('.').toString();
    }
}
