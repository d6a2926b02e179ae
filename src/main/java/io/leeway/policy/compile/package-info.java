/**
 * From typed rows and DRL to one Drools rule base that evaluates proposals.
 *
 * <p>Rows become rules through the executable model's own API, so no cell is ever source code and no compiler runs for
 * them. DRL guardrails are code: they pass {@code DrlGate}'s allow-list before Drools compiles them, and both end in one
 * rule base. May use Drools, {@code io.leeway.policy} and {@code io.leeway.model}. Read {@link
 * io.leeway.policy.compile.PolicyCompiler} first, then {@link io.leeway.policy.compile.CompiledPolicy}.
 */
@NullMarked
package io.leeway.policy.compile;

import org.jspecify.annotations.NullMarked;
