-- Not partial: whether a looked-up key is not null is unknown to a plan that is made without the keys, and such a plan would
-- then read the realm's whole ledger for each batch.
drop index ledger_entry_once;
create unique index ledger_entry_once on ledger_entry (realm, idempotency_key);

-- Half of each tag is enough, in sixteen bytes: keys that come in no order make an index as large as they are.
alter table trace_repeat drop constraint trace_repeat_pkey;
alter table trace_repeat rename column trace_tag to trace;
alter table trace_repeat rename column repeat_tag to repeat;
alter table trace_repeat
  alter column trace type uuid using left(trace, 32)::uuid,
  alter column repeat type uuid using left(repeat, 32)::uuid;
alter table trace_repeat add primary key (realm, trace, repeat);

-- What decisions are found by, as hashes of 64 bits (SearchTerm): written with the entry, taken over into the projection.
-- Entries from before this migration have none; their terms go into the projection here.
alter table ledger_entry add column terms bigint[];

drop table decision_summary;
create table decision_summary (
  realm      text        not null,
  position   bigint      not null,
  decided_at timestamptz not null,
  terms      bigint[]    not null
);

create function pg_temp.term(hash text) returns bigint language sql immutable as
  $$ select ('x' || left(hash, 16))::bit(64)::bigint $$;
create function pg_temp.term(kind text, value text) returns bigint language sql immutable as
  $$ select pg_temp.term(encode(sha256(convert_to(kind, 'UTF8') || '\x00' || convert_to(value, 'UTF8')), 'hex')) $$;

insert into decision_summary
select realm, position, recorded_at,
       array[pg_temp.term('agent', agent), pg_temp.term('actionType', "actionType"), pg_temp.term('mode', mode)]
         || array(select pg_temp.term('rule', rule) from unnest(rules) rule)
         || array(select pg_temp.term(value) from json_each_text(tags) where key <> 'repeat')
from ledger_entry,
     json_to_record(convert_from(header, 'UTF8')::json)
       header_v1 (agent text, "actionType" text, mode text, rules text[], tags json)
where kind = 'decision'
order by realm, position;

alter table decision_summary add primary key (realm, position);
create index decision_summary_terms on decision_summary using gin (terms);
-- Rows come in the order of time.
create index decision_summary_time on decision_summary using brin (decided_at);

delete from ledger_cursor where name = 'decision_summary';
insert into ledger_cursor select realm, 'decision_summary', size from ledger_head;
