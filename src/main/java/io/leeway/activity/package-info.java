/**
 * Memory of what was lately done: for now the steps of traces, later windows, exposure, repeats and who touched which
 * subject.
 *
 * <p>May use {@code model} and {@code ledger}. Everything here is computed from the order of the ledger: what is before a
 * position, and nothing else. Read {@link io.leeway.activity.Traces}.
 */
@NullMarked
package io.leeway.activity;

import org.jspecify.annotations.NullMarked;
