/**
 * What people set before a decision: stops and stages. They stand above the policy; no workbook can switch them off.
 *
 * <p>Owns the tables {@code stop}, {@code stop_acknowledgement}, {@code stage} and {@code stage_proposal}, and the entries
 * {@code stop} and its {@code stop.*}, {@code drill} and {@code drill.end}, {@code stage} and {@code stage.proposal}. Changes
 * go through {@link io.leeway.ledger.LedgerTransaction}; what the lane asks
 * comes from memory, which equals the tables at the lane's position. May use {@code model} and {@code ledger}. Read
 * {@link io.leeway.control.StopScope} first, then {@link io.leeway.control.Stops} and {@link io.leeway.control.Stages}.
 */
@NullMarked
package io.leeway.control;

import org.jspecify.annotations.NullMarked;
