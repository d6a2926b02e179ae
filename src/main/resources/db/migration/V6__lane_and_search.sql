-- Not partial: whether a looked-up key is not null is unknown to a plan that is made without the keys, and such a plan would
-- then read the realm's whole ledger for each batch.
drop index ledger_entry_once;
create unique index ledger_entry_once on ledger_entry (realm, idempotency_key);

-- The projection for searching, made anew: what follows the ledger costs as much as the lane itself unless it is small. Tags
-- are kept as their first 64 bits, which is enough to find by, and the id is not: it holds the position.
drop table decision_summary;
create table decision_summary (
  realm       text        not null,
  position    bigint      not null,
  decided_at  timestamptz not null,
  agent       text        not null,
  action_type text        not null,
  mode        text        not null,
  rules       varchar[]   not null,
  subject     bigint,
  subject_id  bigint,
  trace       bigint,
  primary key (realm, position)
);
create index decision_summary_agent      on decision_summary (realm, agent, position);
create index decision_summary_action     on decision_summary (realm, action_type, position);
create index decision_summary_mode       on decision_summary (realm, mode, position);
create index decision_summary_subject    on decision_summary (realm, subject, position);
create index decision_summary_subject_id on decision_summary (realm, subject_id, position);
create index decision_summary_trace      on decision_summary (realm, trace, position) where trace is not null;
create index decision_summary_rules      on decision_summary using gin (rules);
create index decision_summary_time       on decision_summary (realm, decided_at);
delete from ledger_cursor where name = 'decision_summary';
