package io.leeway.security;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether what is decided for a key binds anybody. It does, unless two operators have agreed that its agents are only observed until
 * some time: that ends by itself, or when any operator says so.
 *
 * @param keyId of which key
 * @param mode as set last; {@link #modeAt} says what holds
 * @param until end of {@link Mode#OBSERVE}, exclusive; null for {@link Mode#ENFORCE}
 * @param asked the first operator's part in {@link Mode#OBSERVE}; null for {@link Mode#ENFORCE}
 * @param set who set it: for {@link Mode#OBSERVE} the second operator; null when nothing was ever set
 * @param request what a first operator asks for and nobody has agreed to yet; null for nothing
 * @param position of the entry that set it; null when nothing was ever set
 */
public record KeyEnforcement(
        String keyId,
        Mode mode,
        @Nullable Instant until,
        @Nullable Consent asked,
        @Nullable Consent set,
        @Nullable Request request,
        @Nullable Long position) {

    /** Whether verdicts bind. */
    public enum Mode {
        /** As they are. */
        ENFORCE,
        /** They are recorded, and agents proceed all the same. */
        OBSERVE
    }

    /** One operator's part. */
    public record Consent(String by, Instant at, String reason) {}

    /** That a key be observed until then. */
    public record Request(Instant until, Consent asked) {}

    /** A key for which nothing was ever set. */
    static KeyEnforcement none(String keyId) {
        return new KeyEnforcement(keyId, Mode.ENFORCE, null, null, null, null, null);
    }

    /** What holds then. */
    public Mode modeAt(Instant now) {
        return until != null && now.isBefore(until) ? mode : Mode.ENFORCE;
    }

    /** Whose word it rests on: nobody's, one operator's or two. */
    public List<Consent> consents() {
        return Stream.of(asked, set).flatMap(Stream::ofNullable).toList();
    }

    KeyEnforcement requested(Request asks) {
        return new KeyEnforcement(keyId, mode, until, asked, set, asks, position);
    }

    /** After a second operator agreed to what was asked. */
    KeyEnforcement observed(Request agreedTo, Consent second, long at) {
        return new KeyEnforcement(keyId, Mode.OBSERVE, agreedTo.until(), agreedTo.asked(), second, null, at);
    }

    KeyEnforcement enforced(Consent by, long at) {
        return new KeyEnforcement(keyId, Mode.ENFORCE, null, null, by, null, at);
    }
}
