package io.leeway.console;

import io.leeway.ledger.Hashes;
import io.leeway.ledger.Ledger;
import io.leeway.security.Authenticator;
import io.leeway.security.Principal;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Who is signed in. A session stands for a key: what may be done in it is what the key allows at that moment, and it ends with
 * the key, with {@link #LIFE}, or when its holder signs out. It is looked up in the database for each request, so all of that
 * holds on every replica at once. All methods block.
 */
@ApplicationScoped
class Sessions {
    /** From signing in, whatever is done in between. */
    static final Duration LIFE = Duration.ofHours(12);

    private static final int TOKEN_BYTES = 32;

    private final SessionRows rows;
    private final Ledger ledger;
    private final Authenticator authenticator;
    private final SecureRandom random = new SecureRandom();

    Sessions(SessionRows rows, Ledger ledger, Authenticator authenticator) {
        this.rows = rows;
        this.ledger = ledger;
        this.authenticator = authenticator;
    }

    /**
     * Opens a session for a key that was just shown.
     *
     * @return what its holder presents from now on, and the only copy of it: 256 random bits in URL-safe base64; empty when the
     *     key has ended meanwhile
     */
    Optional<String> open(String keyId) {
        if (authenticator.holder(keyId).isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        rows.open(ledger.realm(), stored(token), keyId, LIFE);
        return Optional.of(token);
    }

    /** Who presents the token now; empty when it opens nothing, or nothing any more. */
    Optional<Principal> holder(String token) {
        return rows.keyOf(ledger.realm(), stored(token)).flatMap(authenticator::holder);
    }

    /** Ends the session, if there is one. */
    void close(String token) {
        rows.close(ledger.realm(), stored(token));
    }

    /** A fast hash is enough for 256 random bits. */
    private static String stored(String token) {
        return HexFormat.of().formatHex(Hashes.sha256(token.getBytes(StandardCharsets.UTF_8)));
    }
}
