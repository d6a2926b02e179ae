/**
 * What is wrong with tables: the finding codes in one place, the collector, and one small class for each check that looks at
 * more than one cell. Knows nothing of files, sheets or cells but their addresses. Uses the typed form in
 * {@code io.leeway.policy}. Read {@link io.leeway.policy.check.FindingCode} first, then
 * {@link io.leeway.policy.check.CrossChecks}.
 */
@NullMarked
package io.leeway.policy.check;

import org.jspecify.annotations.NullMarked;
