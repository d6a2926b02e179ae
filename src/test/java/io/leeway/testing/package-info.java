/** What several tests share: generators and builders. */
@NullMarked
package io.leeway.testing;

import org.jspecify.annotations.NullMarked;
