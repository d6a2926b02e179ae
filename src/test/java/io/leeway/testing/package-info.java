/** What tests share: builders and fakes. May use everything; nothing in main code knows it. */
@NullMarked
package io.leeway.testing;

import org.jspecify.annotations.NullMarked;
