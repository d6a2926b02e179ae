/**
 * Proof and account: explanations, re-execution and replay of recorded decisions, traces and timelines; reports and exports are
 * to come. It reads what others have written, and writes only its own entries.
 *
 * <p>May use every package that decides or records: model, ledger, policy, control, activity, decision,
 * oversight, outcome and recovery. Read {@link io.leeway.evidence.Explanations}, {@link io.leeway.evidence.Replay} and
 * {@link io.leeway.evidence.CausalTraces} first.
 */
@NullMarked
package io.leeway.evidence;

import org.jspecify.annotations.NullMarked;
