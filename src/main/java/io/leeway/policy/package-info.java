/**
 * Workbooks and DRL: from cells to something that can decide.
 *
 * <p>This package holds the typed form that everything below shares; the sub-packages are the steps:
 * {@code table} (cells to typed rows), {@code check} (what is wrong with them), {@code analysis} (what they mean
 * together), {@code compile} (to Drools), {@code diff} (what a new version changes), {@code release} (versions, activation). The only place in Leeway that imports
 * Drools or POI. Read {@link io.leeway.policy.PolicyTables} and {@link io.leeway.policy.Row} first.
 */
@NullMarked
package io.leeway.policy;

import org.jspecify.annotations.NullMarked;
