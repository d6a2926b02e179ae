package io.leeway.ledger;

import java.time.Instant;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * UUIDv7 (RFC 9562 §5.7) whose random part starts with the position of the entry that made it, as the fixed-length counter
 * of §6.2: whoever has the id can look the entry up by its primary key.
 *
 * <pre>
 *  48 bits  Unix time in ms
 *   4 bits  version 7
 *  12 bits  random
 *   2 bits  variant
 *  40 bits  position
 *  22 bits  random
 * </pre>
 */
public final class PositionedId {
    private static final long MAX_POSITION = (1L << 40) - 1;

    private PositionedId() {}

    /** A new id for the entry at that position and time. */
    public static UUID at(Instant time, long position, LongSupplier random) {
        if (position < 0 || position > MAX_POSITION) {
            throw new IllegalArgumentException("a position is 0 to 2^40-1, not " + position);
        }
        long noise = random.getAsLong();
        long high = time.toEpochMilli() << 16 | 0x7000 | (noise & 0xFFF);
        long low = 0x8000_0000_0000_0000L | position << 22 | (noise >>> 42);
        return new UUID(high, low);
    }

    /** The position inside the id, or -1 when it is no such id. */
    public static long positionOf(UUID id) {
        return id.version() == 7 && id.variant() == 2 ? id.getLeastSignificantBits() >>> 22 & MAX_POSITION : -1;
    }
}
