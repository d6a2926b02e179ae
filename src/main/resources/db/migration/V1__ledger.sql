-- The ledger: one locked head row a realm, the entries, and what stands beside them.
-- `realm` leads every key, so that partitions and shards can follow it.

create table realm (
  realm    text  primary key,
  -- HMAC key of the tags: the same for all replicas, never leaves the database.
  tag_key  bytea not null check (length(tag_key) = 32)
);

create table ledger_head (
  realm             text        primary key references realm,
  size              bigint      not null,
  -- RFC 6962 frontier: roots of the perfect subtrees, largest first.
  frontier          bytea       not null,
  last_time         timestamptz not null,
  -- Moves when stops, stages or keys change; replicas then reload them.
  control_epoch     bigint      not null,
  -- Moves when another policy version becomes active; 0 means that none ever was.
  policy_generation bigint      not null
) with (fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

create table ledger_entry (
  realm           text        not null,
  position        bigint      not null,
  kind            text        not null,
  recorded_at     timestamptz not null,
  -- Header v1, RFC 8785: the leaf of the tree is SHA-256(0x00 || header).
  header          bytea       not null,
  idempotency_key bytea,
  request_hash    bytea,
  primary key (realm, position)
) with (toast_tuple_target = 8160);
alter table ledger_entry alter column header set storage external;
create unique index ledger_entry_once on ledger_entry (realm, idempotency_key) where idempotency_key is not null;

-- Beside the entry: deleting a row here is lawful erasure, and the tree still verifies.
create table ledger_record (
  realm    text   not null,
  position bigint not null,
  salt     bytea  not null,
  facts    bytea  not null,
  result   bytea,
  primary key (realm, position)
) with (toast_tuple_target = 8160);
alter table ledger_record alter column facts set storage external;
alter table ledger_record alter column result set storage external;

-- How far a reader of the ledger has come.
create table ledger_cursor (
  realm    text   not null,
  name     text   not null,
  position bigint not null,
  primary key (realm, name)
);
