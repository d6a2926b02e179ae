/**
 * Memory of what was lately done: the steps of traces, and what tables and guardrails ask of windows: counts, money, agents, permits.
 *
 * <p>May use {@code model} and {@code ledger}. Everything here is computed from the order of the ledger: what is before a
 * position, and nothing else. A subject's or trace's first decisions stand in its journal, the rest and whatever an agent does
 * in sums. Read {@link io.leeway.activity.RecentActivity}, then {@link io.leeway.activity.SeriesFilling}.
 */
@NullMarked
package io.leeway.activity;

import org.jspecify.annotations.NullMarked;
