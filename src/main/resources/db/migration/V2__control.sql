-- What people set before a decision. Each row is the present state of what the ledger tells; both change in one transaction.

create table stop (
  realm                text        not null,
  id                   uuid        not null,
  scope_kind           text        not null,
  scope_value          text        not null,
  reason               text        not null,
  placed_by            text        not null,
  placed_at            timestamptz not null,
  placed_position      bigint      not null,
  release_requested_by text,
  release_requested_at timestamptz,
  release_reason       text,
  released_by          text,
  released_at          timestamptz,
  primary key (realm, id)
);
create index stop_active on stop (realm) where released_at is null;

create table stage (
  realm        text        not null,
  agent        text        not null,
  action       text        not null,
  stage        text        not null,
  reason       text        not null,
  set_by       text        not null,
  set_at       timestamptz not null,
  set_position bigint      not null,
  until        timestamptz,
  primary key (realm, agent, action)
);

create table api_key (
  realm       text        not null,
  id          text        not null,
  name        text        not null,
  secret_hash bytea       not null check (length(secret_hash) = 32),
  roles       text[]      not null,
  groups      text[]      not null,
  agents      text[]      not null,
  created_by  text        not null,
  created_at  timestamptz not null,
  expires_at  timestamptz,
  revoked_at  timestamptz,
  primary key (realm, id)
);
