/**
 * Undoing: reversal plans, their execution, and trace roll-back. A reversal is itself a
 * {@link io.leeway.model.Proposal}, decided like any other.
 *
 * <p>May use model, ledger, decision, oversight and outcome. Empty so far; read {@link
 * io.leeway.model.Proposal} first.
 */
@NullMarked
package io.leeway.recovery;

import org.jspecify.annotations.NullMarked;
