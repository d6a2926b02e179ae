-- How hard a stop holds; a drill holds nothing, and is answered like a stop.
alter table stop add column level text not null default 'HALT';
alter table stop add column drill boolean not null default false;
-- Narrower scopes that two people let go before the rest, as JSON: a stop and what it still holds are one row.
alter table stop add column narrowings text not null default '{"narrowings":[]}';

-- An agent's word that it knows of a stop. The entry at the position is the proof.
create table stop_acknowledgement (
  realm           text        not null,
  stop_id         uuid        not null,
  agent           text        not null,
  acknowledged_by text        not null,
  acknowledged_at timestamptz not null,
  position        bigint      not null,
  primary key (realm, stop_id, agent)
);
