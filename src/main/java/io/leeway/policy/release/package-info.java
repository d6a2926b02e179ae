/**
 * Versions of the policy: which one is active, where its files are, and how one comes into force.
 *
 * <p>A version is compiled aside, and becomes active in one place of the total order. Read
 * {@link io.leeway.policy.release.ActivePolicy}.
 */
@NullMarked
package io.leeway.policy.release;

import org.jspecify.annotations.NullMarked;
