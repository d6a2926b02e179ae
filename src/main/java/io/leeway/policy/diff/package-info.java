/**
 * What a new version changes: cell by cell, and by meaning, with proposals that show it.
 *
 * <p>Lines of two versions are paired by what names them ({@code CellChanges}), wherever they stand; what the changes mean is
 * proven by {@code policy.analysis}, and put together for people here. May use {@code io.leeway.policy}, its {@code table},
 * {@code analysis} and {@code explain}, and the canonical bytes of {@code io.leeway.ledger}. Read
 * {@link io.leeway.policy.diff.VersionDiff} first.
 */
@NullMarked
package io.leeway.policy.diff;

import org.jspecify.annotations.NullMarked;
