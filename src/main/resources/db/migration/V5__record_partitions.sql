-- What stands beside the entries, in one partition a month (UTC), so that records past their retention leave as whole tables.
-- `recorded_at` is the entry's. A record of a month without a partition goes to the default one: no insert fails for the lack of any.

alter table ledger_record rename to ledger_record_whole;
alter table ledger_record_whole rename constraint ledger_record_pkey to ledger_record_whole_pkey;

create table ledger_record (
  realm       text        not null,
  position    bigint      not null,
  recorded_at timestamptz not null,
  salt        bytea       not null,
  facts       bytea       not null,
  result      bytea,
  primary key (realm, position, recorded_at)
) partition by range (recorded_at);
-- Partitions inherit how columns are stored, but not how wide a row may get before it is moved out of line.
alter table ledger_record alter column facts set storage external;
alter table ledger_record alter column result set storage external;

create table ledger_record_default partition of ledger_record default with (toast_tuple_target = 8160);

-- Makes the partition of the month that `at` falls into. False when it is there, or when the default one already holds
-- records of that month, which stay where they are.
create function ledger_record_partition(at timestamptz) returns boolean language plpgsql as $$
declare
  month   timestamp := date_trunc('month', at at time zone 'UTC');
  name    text := 'ledger_record_' || to_char(month, 'YYYY_MM');
  first   timestamptz := month at time zone 'UTC';
  beyond  timestamptz := (month + interval '1 month') at time zone 'UTC';
begin
  if to_regclass(name) is not null
     or exists (select from ledger_record_default where recorded_at >= first and recorded_at < beyond) then
    return false;
  end if;
  execute format(
    'create table %I partition of ledger_record for values from (%L) to (%L) with (toast_tuple_target = 8160)',
    name, first, beyond);
  return true;
end $$;

-- The months that there are entries of, and the next.
select ledger_record_partition(month)
from (select generate_series(
        date_trunc('month', least(min(recorded_at), clock_timestamp()) at time zone 'UTC'),
        clock_timestamp() at time zone 'UTC' + interval '3 months',
        interval '1 month') at time zone 'UTC' as month
      from ledger_entry where recorded_at > 'epoch') months;

insert into ledger_record (realm, position, recorded_at, salt, facts, result)
select r.realm, r.position, e.recorded_at, r.salt, r.facts, r.result
from ledger_record_whole r join ledger_entry e on e.realm = r.realm and e.position = r.position
order by r.realm, r.position;

drop table ledger_record_whole;
