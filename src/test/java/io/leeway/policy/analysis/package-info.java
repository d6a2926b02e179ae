/** The analysis against exhaustive enumeration, against the engine, and on readable cases. */
@NullMarked
package io.leeway.policy.analysis;

import org.jspecify.annotations.NullMarked;
