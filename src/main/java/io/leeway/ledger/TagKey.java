package io.leeway.ledger;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The realm's key, ready to make {@link Tags}: HMAC-SHA-256 (RFC 2104). Safe for use by several threads at once. */
final class TagKey {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    /** Finding the algorithm and taking in the key costs more than a tag: each thread does it once. */
    private final ThreadLocal<Mac> macs = ThreadLocal.withInitial(this::mac);

    TagKey(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** HMAC over the kind's name, a zero byte, and the value. */
    byte[] hash(String kind, byte[] value) {
        Mac mac = macs.get();
        mac.update(kind.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
        return mac.doFinal(value);
    }

    /** The same in hex. */
    String tag(String kind, byte[] value) {
        return HexFormat.of().formatHex(hash(kind, value));
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }
}
