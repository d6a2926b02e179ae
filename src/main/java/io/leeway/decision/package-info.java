/**
 * The lane: facts, evaluation, verdict, record. One proposal after the other, each seeing exactly what is before its
 * position in the ledger.
 *
 * <p>May use {@code model}, {@code ledger}, {@code policy}, {@code control} and {@code activity}. Read
 * {@link io.leeway.decision.Lane} for how work gets its turn, {@link io.leeway.policy.Combination} for how a mode comes
 * about, then {@link io.leeway.decision.Decisions}, which is what the edges call.
 */
@NullMarked
package io.leeway.decision;

import org.jspecify.annotations.NullMarked;
