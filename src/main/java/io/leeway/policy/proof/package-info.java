/**
 * What the policy owners' own tests say about a version: which pass, which rows they reach, and which cases they leave out.
 *
 * <p>Tests run through the same engine and the same combination as decisions. May use {@code io.leeway.policy}, its
 * {@code compile} and {@code explain}, and {@code io.leeway.model}. Read {@link io.leeway.policy.proof.TestRun} first, then
 * {@link io.leeway.policy.proof.Coverage} and {@link io.leeway.policy.proof.BoundaryCases}.
 */
@NullMarked
package io.leeway.policy.proof;

import org.jspecify.annotations.NullMarked;
