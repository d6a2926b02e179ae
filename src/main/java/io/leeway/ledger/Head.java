package io.leeway.ledger;

import java.time.Instant;

/**
 * The head row as it was read.
 *
 * @param size number of entries, and position of the next
 * @param frontier {@link Frontier#toBytes}
 * @param lastTime time of the last entry
 * @param controlEpoch moves when stops, stages or keys change
 * @param policyGeneration moves when another version becomes active; 0 when none ever was
 */
public record Head(long size, byte[] frontier, Instant lastTime, long controlEpoch, long policyGeneration) {
    /** Root of the tree over all entries. */
    public byte[] root() {
        return Frontier.of(size, frontier).root();
    }
}
