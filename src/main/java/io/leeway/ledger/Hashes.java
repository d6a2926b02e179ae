package io.leeway.ledger;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as the ledger uses it. */
public final class Hashes {
    /** Length of a hash in bytes. */
    public static final int SIZE = 32;

    private Hashes() {}

    /** A fresh SHA-256. */
    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** SHA-256 over the parts, one after the other. */
    public static byte[] sha256(byte[]... parts) {
        MessageDigest digest = digest();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /** {@code sha256:} and the hash in hex, as answers and headers spell it. */
    public static String prefixed(byte[] hash) {
        return "sha256:" + HexFormat.of().formatHex(hash);
    }
}
