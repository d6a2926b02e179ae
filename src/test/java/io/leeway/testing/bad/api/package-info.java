/** Classes that break the architecture on purpose, to show that its rules find them. */
@NullMarked
package io.leeway.testing.bad.api;

import org.jspecify.annotations.NullMarked;
