/**
 * Thin adapters between HTTP and the service: who calls, what the body says, what the answer looks like. No rule, no query.
 *
 * <p>Owns the wire form of everything ({@code rest}), the strict reading of bodies ({@code json}) and the one shape of errors
 * ({@code problem}). May use every package below. Read {@link io.leeway.api.rest.Gate} first, then
 * {@link io.leeway.api.rest.DecisionResource}.
 */
@NullMarked
package io.leeway.api;

import org.jspecify.annotations.NullMarked;
