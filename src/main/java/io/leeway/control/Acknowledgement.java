package io.leeway.control;

import java.time.Instant;

/**
 * An agent's word that it knows of a stop.
 *
 * @param by the key or system that said so, as it stands in the ledger
 * @param position of its entry in the ledger
 */
public record Acknowledgement(String agent, String by, Instant at, long position) {}
