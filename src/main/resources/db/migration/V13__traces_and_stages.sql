-- Who proposed the stage that somebody else then accepted. None: one person set it, which is an override.
alter table stage add column proposed_by text;

create table stage_proposal (
  realm             text        not null,
  id                uuid        not null,
  agent             text        not null,
  action            text        not null,
  stage             text        not null,
  reason            text        not null,
  until             timestamptz,
  -- What counted for exactly this agent and these actions when it was proposed, and the entry that set exactly that; -1 for none.
  from_stage        text        not null,
  from_position     bigint      not null,
  proposed_by       text        not null,
  proposed_at       timestamptz not null,
  expires_at        timestamptz not null,
  position          bigint      not null,
  accepted_by       text,
  accepted_at       timestamptz,
  accepted_position bigint,
  primary key (realm, id)
);
create index stage_proposal_position on stage_proposal (realm, position);

-- What happened to a subject beside decisions. For searching only, filled along with decision_summary: the first 64 bits of the
-- tag in the header. An entry about a decision has its tag of type and id; a stop, and what becomes of it, that of what it names.
create table subject_event (
  realm    text   not null,
  term     bigint not null,
  position bigint not null,
  primary key (realm, term, position)
);

insert into subject_event (realm, term, position)
select realm, ('x' || left(tag, 16))::bit(64)::bigint, position
from (select e.realm, e.position,
             case when e.kind = 'stop' or e.kind like 'stop.%' then tags ->> 'subjectId' else tags ->> 'subject' end as tag
      from ledger_entry e
      join ledger_cursor c on c.realm = e.realm and c.name = 'decision_summary' and e.position < c.position
      cross join lateral (select convert_from(e.header, 'UTF8')::json -> 'tags' as tags) header_v1
      where e.kind <> 'decision') tagged
where tag is not null;
