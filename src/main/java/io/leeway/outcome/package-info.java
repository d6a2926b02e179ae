/**
 * What became of decided actions: reported results, failure signatures, drift, the weekly sample of reviews. It proposes stage
 * changes and never makes one.
 *
 * <p>May use model, ledger, control, decision and oversight. Empty so far; read {@link io.leeway.model.Stage}
 * first.
 */
@NullMarked
package io.leeway.outcome;

import org.jspecify.annotations.NullMarked;
