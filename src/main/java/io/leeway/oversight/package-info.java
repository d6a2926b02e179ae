/**
 * What people do after a decision: approvals, hand-offs, quorum, expiry.
 *
 * <p>May use model, ledger, control and decision. Empty so far; read {@link
 * io.leeway.model.ApprovalRequirement} first.
 */
@NullMarked
package io.leeway.oversight;

import org.jspecify.annotations.NullMarked;
