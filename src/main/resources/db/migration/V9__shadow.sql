-- What a version in shadow would have said, beside what was answered. Filled from the ledger by cursor.
create table shadow_verdict (
  realm       text        not null,
  version     text        not null,
  -- Of the decision.
  position    bigint      not null,
  decided_at  timestamptz not null,
  -- 0 autonomous, 1 human in the loop, 2 human in control.
  mode        smallint    not null,
  -- Null where that version cannot tell: the facts are erased, or it would refuse the action.
  shadow_mode smallint,
  -- The rules that make the difference; none where there is none.
  rules       text[]      not null,
  primary key (realm, version, position)
);
