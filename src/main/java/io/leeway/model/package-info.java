/**
 * The words that two or more features share: what was proposed, what may be answered, and where a rule stands.
 *
 * <p>Plain JDK: records, enums and small final classes, no framework and no behaviour that needs one. A type lives here
 * only while at least two other packages use it. Read {@link io.leeway.model.Proposal} first, then
 * {@link io.leeway.model.Verdict}.
 */
@NullMarked
package io.leeway.model;

import org.jspecify.annotations.NullMarked;
