package io.leeway.decision;

import java.util.function.Supplier;

/**
 * The answer that would be given, recorded nowhere.
 *
 * @param facts what it was made on, as a record would hold it; written when asked for
 */
public record Simulation(Decision decision, Supplier<byte[]> facts) {}
