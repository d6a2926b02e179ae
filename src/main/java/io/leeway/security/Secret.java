package io.leeway.security;

import io.leeway.ledger.Hashes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A whole key as its holder presents it: {@code leeway_<id>_<secret>}, the id 96 random bits in hex, the secret 256 random
 * bits in URL-safe base64 (RFC 4648 §5). The prefix lets secret scanners find keys that leaked.
 */
final class Secret {
    private static final Pattern FORM = Pattern.compile("leeway_([0-9a-f]{24})_[A-Za-z0-9_-]{43}");
    private static final int ID_BYTES = 12;
    private static final int SECRET_BYTES = 32;

    private final String id;
    private final String text;

    private Secret(String id, String text) {
        this.id = id;
        this.text = text;
    }

    /** A new one. */
    static Secret random(SecureRandom random) {
        byte[] id = new byte[ID_BYTES];
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(id);
        random.nextBytes(secret);
        String hex = HexFormat.of().formatHex(id);
        return new Secret(
                hex,
                "leeway_" + hex + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** Empty when the text does not have the form of a key. */
    static Optional<Secret> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new Secret(form.group(1), text)) : Optional.empty();
    }

    /** The public part. */
    String id() {
        return id;
    }

    /** The whole, for its holder's eyes only. */
    String text() {
        return text;
    }

    /** What is stored: SHA-256 of the whole. A fast hash is enough for 256 random bits. */
    byte[] hash() {
        return Hashes.sha256(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether it is the one whose hash was stored, in a time that tells nothing about where they differ. */
    boolean matches(byte[] storedHash) {
        return MessageDigest.isEqual(hash(), storedHash);
    }

    @Override
    public String toString() {
        return "leeway_" + id + "_…";
    }
}
