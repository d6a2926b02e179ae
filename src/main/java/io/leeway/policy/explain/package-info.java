/**
 * What each row says about one proposal, whether it matched or not, in plain sentences; and proposals in words, and as the JSON
 * that they would be sent as.
 *
 * <p>May use {@code io.leeway.policy} and {@code io.leeway.model}. Read {@link io.leeway.policy.explain.RowReading} first.
 */
@NullMarked
package io.leeway.policy.explain;

import org.jspecify.annotations.NullMarked;
