-- Whether what is decided for a key is enforced; a key without a row is. As with stops, each row is the present state of what the
-- ledger tells, and `changed_position` the entry that changed it last.
create table key_enforcement (
  realm             text        not null,
  key_id            text        not null,
  -- OBSERVE takes two people: the one who asked, and the one who agreed and thereby set it. Never the same.
  enforcement       text        not null check (enforcement in ('ENFORCE', 'OBSERVE')),
  until             timestamptz,
  asked_by          text,
  asked_at          timestamptz,
  ask_reason        text,
  set_by            text,
  set_at            timestamptz,
  set_reason        text,
  set_position      bigint,
  -- What somebody asks for and nobody has agreed to yet.
  requested_until   timestamptz,
  requested_by      text,
  requested_at      timestamptz,
  request_reason    text,
  changed_position  bigint      not null,
  primary key (realm, key_id),
  check (enforcement = 'ENFORCE'
         or until is not null and set_position is not null and asked_by is not null and asked_by <> set_by)
);
create index key_enforcement_changed on key_enforcement (realm, changed_position);
