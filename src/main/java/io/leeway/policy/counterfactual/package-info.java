/**
 * What would have to be different for a less strict mode: exact and minimal, over what a caller could change.
 *
 * <p>May use {@code io.leeway.policy}, its {@code explain}, {@code proof} and {@code compile}, and {@code io.leeway.model}.
 * Read {@link io.leeway.policy.counterfactual.Counterfactuals} first.
 */
@NullMarked
package io.leeway.policy.counterfactual;

import org.jspecify.annotations.NullMarked;
