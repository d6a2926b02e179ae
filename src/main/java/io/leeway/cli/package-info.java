/**
 * Commands for the terminal: {@code serve}, {@code demo}, {@code decide}, {@code vocabulary}, {@code check}.
 *
 * <p>Plain picocli over plain HTTP: no command starts Quarkus or PostgreSQL itself; {@code serve} and {@code demo} are
 * handed the service to run. {@code check} needs no service at all. May use every package but {@code api}, {@code console} and {@code server}, and Jackson. Read
 * {@link io.leeway.cli.Commands} first.
 */
@NullMarked
package io.leeway.cli;

import org.jspecify.annotations.NullMarked;
