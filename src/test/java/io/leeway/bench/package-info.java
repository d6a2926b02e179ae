/** JMH benchmarks: {@code mvn -Pbench test-compile exec:exec -Djmh.args=...}. Not run by the tests. */
@NullMarked
package io.leeway.bench;

import org.jspecify.annotations.NullMarked;
