-- Permits under a subject or trace, one by one, where guardrails or tables look back at the last of them. Only added to: adding
-- what was before commutes with adding what comes.
create table activity_prior (
  realm       text        not null,
  key         uuid        not null,
  position    bigint      not null,
  decision_id uuid        not null,
  agent       text        not null,
  action_type text        not null,
  at          timestamptz not null,
  -- Null where no money is moved.
  amount      numeric,
  currency    text,
  -- The first 128 bits of the tag of the trace; null when it belongs to none.
  trace       uuid,
  -- When nothing looks that far back any more, in seconds since 1970.
  ends        bigint      not null,
  primary key (realm, key, position)
);
create index activity_prior_ends on activity_prior using brin (ends);
