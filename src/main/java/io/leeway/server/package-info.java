/**
 * From a command line to a running service: the main class, the embedded database, the start-up posture, health.
 *
 * <p>Owns everything that happens before Quarkus starts and after it has stopped. May use every other package; none may
 * use this one. Read {@link io.leeway.server.Main} first, then {@link io.leeway.server.EmbeddedDatabase}.
 */
@NullMarked
package io.leeway.server;

import org.jspecify.annotations.NullMarked;
