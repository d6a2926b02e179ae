/**
 * Commands for the terminal: {@code serve} and {@code demo}; {@code decide} and {@code vocabulary}, which ask a service; and
 * those of policy owners, {@code new}, {@code check}, {@code test}, {@code explain} and {@code convert}.
 *
 * <p>Plain picocli over plain HTTP: no command starts Quarkus or PostgreSQL itself; {@code serve} and {@code demo} are
 * handed the service to run. Those of policy owners need no service at all. May use every package but {@code api}, {@code console} and {@code server}, and Jackson. Read
 * {@link io.leeway.cli.Commands} first.
 */
@NullMarked
package io.leeway.cli;

import org.jspecify.annotations.NullMarked;
