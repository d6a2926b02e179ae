/**
 * Memory of what was lately done: the steps of traces, counts and money in windows, repeats, and the last permits on a subject
 * or trace.
 *
 * <p>May use {@code model} and {@code ledger}. Everything here is computed from the order of the ledger: what is before a
 * position, and nothing else. Read {@link io.leeway.activity.RecentActivity}.
 */
@NullMarked
package io.leeway.activity;

import org.jspecify.annotations.NullMarked;
