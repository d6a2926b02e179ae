package io.leeway.ledger;

import java.time.Instant;

/**
 * An entry at its place.
 *
 * @param header the bytes that are hashed
 * @param leafHash RFC 6962 leaf hash of the header
 */
public record Appended(long position, Instant time, byte[] header, byte[] leafHash) {}
