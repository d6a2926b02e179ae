/**
 * Pages for people and their view models: sign in, decisions explained, traces and timelines, stops, policy versions. Made on the server with Qute;
 * everything works without script, and htmx makes it quicker.
 *
 * <p>May use every package but {@code api}, {@code cli} and {@code server}. Read {@link io.leeway.console.ConsoleGate} first,
 * then one of the {@code …Pages}.
 */
@NullMarked
package io.leeway.console;

import org.jspecify.annotations.NullMarked;
