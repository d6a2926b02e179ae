/**
 * The append-only log of everything that happened: the only bus and the only proof.
 *
 * <p>Owns the entries, the locked head row, the RFC 6962 tree and its hashes, and cursors over the entries. Knows no
 * feature: what an entry means is the business of the package that appends it. May use {@code model}. Read
 * {@link io.leeway.ledger.LedgerTransaction} first: it is the one door through which anything changes; then
 * {@link io.leeway.ledger.EntryDraft} for the bytes.
 */
@NullMarked
package io.leeway.ledger;

import org.jspecify.annotations.NullMarked;
