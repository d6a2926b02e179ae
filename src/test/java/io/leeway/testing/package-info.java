/** What tests of several packages share: databases, processes, the architecture's rules. */
package io.leeway.testing;
