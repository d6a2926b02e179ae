/**
 * Errors as RFC 9457 has them, wherever they arise: in a resource, in JAX-RS itself, or before it.
 *
 * <p>The only place that knows which refusal has which HTTP status. May use {@code model}. Read
 * {@link io.leeway.api.problem.Problem} first.
 */
@NullMarked
package io.leeway.api.problem;

import org.jspecify.annotations.NullMarked;
