package io.leeway.security;

import io.leeway.ledger.Hashes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A whole key as its holder presents it: {@code leeway_<id>_<secret>}, the id 96 random bits in hex, the secret 256 random
 * bits in URL-safe base64 (RFC 4648 §5). The prefix lets secret scanners find keys that leaked.
 */
final class Secret {
    private static final String PREFIX = "leeway_";
    private static final int ID_LENGTH = 24;
    private static final int SECRET_LENGTH = 43;
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
                PREFIX + hex + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** Empty when the text does not have the form of a key. By hand, as every request passes here. */
    static Optional<Secret> parse(String text) {
        int separator = PREFIX.length() + ID_LENGTH;
        if (text.length() != separator + 1 + SECRET_LENGTH
                || !text.startsWith(PREFIX)
                || text.charAt(separator) != '_') {
            return Optional.empty();
        }
        for (int i = PREFIX.length(); i < text.length(); i++) {
            if (i != separator && !(i < separator ? isHex(text.charAt(i)) : isBase64(text.charAt(i)))) {
                return Optional.empty();
            }
        }
        return Optional.of(new Secret(text.substring(PREFIX.length(), separator), text));
    }

    private static boolean isHex(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
    }

    private static boolean isBase64(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_';
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
        return PREFIX + id + "_…";
    }
}
