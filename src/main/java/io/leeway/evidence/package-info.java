/**
 * Proof and account: re-execution, traces, accountability, reports, exports. It reads what others have written, and writes
 * only its own entries.
 *
 * <p>May use every package that decides or records: model, ledger, policy, control, activity, decision,
 * oversight, outcome and recovery. Empty so far; read the package description of {@code io.leeway.ledger}
 * first.
 */
@NullMarked
package io.leeway.evidence;

import org.jspecify.annotations.NullMarked;
