-- What people set before a decision. Each row is the present state of what the ledger tells; both change in one transaction.
-- `changed_position` is the entry that changed the row last: replicas load what changed since they looked.

create table stop (
  realm                text        not null,
  id                   uuid        not null,
  scope_kind           text        not null,
  scope_value          text        not null,
  reason               text        not null,
  placed_by            text        not null,
  placed_at            timestamptz not null,
  placed_position      bigint      not null,
  -- Releasing takes two people: the first one, and the other one.
  requested_by         text,
  requested_at         timestamptz,
  request_reason       text,
  released_by          text,
  released_at          timestamptz,
  release_reason       text,
  changed_position     bigint      not null,
  primary key (realm, id)
);
create index stop_active on stop (realm) where released_at is null;
create index stop_placed on stop (realm, placed_position);
create index stop_changed on stop (realm, changed_position);

create table stage (
  realm            text        not null,
  agent            text        not null,
  action           text        not null,
  stage            text        not null,
  reason           text        not null,
  set_by           text        not null,
  set_at           timestamptz not null,
  until            timestamptz,
  changed_position bigint      not null,
  primary key (realm, agent, action)
);
create index stage_changed on stage (realm, changed_position);

create table api_key (
  realm            text        not null,
  id               text        not null,
  name             text        not null,
  secret_hash      bytea       not null check (length(secret_hash) = 32),
  roles            text[]      not null,
  groups           text[]      not null,
  agents           text[]      not null,
  -- The admin key of the first start, which ends when another admin key exists.
  bootstrap        boolean     not null,
  created_by       text        not null,
  created_at       timestamptz not null,
  created_position bigint      not null,
  expires_at       timestamptz not null,
  revoked_at       timestamptz,
  changed_position bigint      not null,
  primary key (realm, id)
);
create index api_key_created on api_key (realm, created_position);
create index api_key_changed on api_key (realm, changed_position);
