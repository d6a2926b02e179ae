/**
 * Pages for people and their view models.
 *
 * <p>May use every package but {@code api}, {@code cli} and {@code server}. Empty so far; read {@link
 * io.leeway.model.Verdict} first.
 */
@NullMarked
package io.leeway.console;

import org.jspecify.annotations.NullMarked;
