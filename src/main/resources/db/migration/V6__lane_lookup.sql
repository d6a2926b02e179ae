-- Not partial: whether a looked-up key is not null is unknown to a plan that is made without the keys, and such a plan would
-- then read the realm's whole ledger for each batch.
drop index ledger_entry_once;
create unique index ledger_entry_once on ledger_entry (realm, idempotency_key);
