/**
 * What the tables of a version mean together: gaps between grants, rows that never match or never matter, contradictions,
 * overlaps and skipped values; each proven over all proposals, and shown by one.
 *
 * <p>The values of each path fall into finitely many classes that no row tells apart ({@code Dimension}), so a row is a box
 * of class sets ({@code Box}), and every question is whether a box is covered by others ({@code Remainder}). Which
 * combinations of classes a real proposal can have is known in one place ({@code Laws}). Uses the typed form in
 * {@code io.leeway.policy} and the finding codes of {@code policy.check}; knows no engine, as its answers must not depend
 * on one. Read {@link io.leeway.policy.analysis.Analysis} first.
 */
@NullMarked
package io.leeway.policy.analysis;

import org.jspecify.annotations.NullMarked;
