package io.leeway.control;

import io.leeway.model.StopLevel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A scoped kill switch. It holds until it is {@link State#RELEASED}: one person's request does not loosen it. A drill looks
 * the same and holds nothing; one person ends it.
 *
 * @param asked what was asked for
 * @param placedBy the person or system, as it stands in the ledger
 * @param position of its entry in the ledger
 * @param narrowings what of it goes before the rest, in the order in which that was asked for
 * @param request the first person's release, null before
 * @param release the second person's, null before
 */
public record Stop(
        UUID id,
        NewStop asked,
        String placedBy,
        Instant placedAt,
        long position,
        List<Narrowing> narrowings,
        @Nullable Consent request,
        @Nullable Consent release) {
    public Stop {
        narrowings = List.copyOf(narrowings);
    }

    /** How far the release of a stop has come. */
    public enum State {
        ACTIVE,
        RELEASE_REQUESTED,
        RELEASED
    }

    /** One person's part in a release. */
    public record Consent(String by, Instant at, String reason) {}

    public StopScope scope() {
        return asked.scope();
    }

    public StopLevel level() {
        return asked.level();
    }

    public boolean isDrill() {
        return asked.drill();
    }

    public String reason() {
        return asked.reason();
    }

    public State state() {
        if (release != null) {
            return State.RELEASED;
        }
        return request == null ? State.ACTIVE : State.RELEASE_REQUESTED;
    }

    /** What it does not hold any more although it is in its scope. */
    List<StopScope> letGo() {
        return narrowings.stream()
                .filter(Narrowing::isReleased)
                .map(Narrowing::scope)
                .toList();
    }

    /** What was asked for that part, if anything was. */
    Optional<Narrowing> narrowing(StopScope part) {
        return narrowings.stream().filter(one -> one.scope().equals(part)).findFirst();
    }

    Stop requested(Consent consent) {
        return new Stop(id, asked, placedBy, placedAt, position, narrowings, consent, null);
    }

    Stop released(Consent consent) {
        return new Stop(id, asked, placedBy, placedAt, position, narrowings, request, consent);
    }

    /** With that part as it stands now. */
    Stop with(Narrowing narrowing) {
        List<Narrowing> next = new ArrayList<>(narrowings);
        next.removeIf(one -> one.scope().equals(narrowing.scope()));
        next.add(narrowing);
        return new Stop(id, asked, placedBy, placedAt, position, next, request, release);
    }
}
