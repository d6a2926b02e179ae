-- Of a subject or trace on which little was done, the decisions themselves, in one row instead of one for each sum. It takes in so many;
-- what comes later goes into the sums.
create table activity_journal (
  realm   text    not null,
  key     uuid    not null,
  -- JournalEvent, one after the other.
  events  bytea   not null,
  is_full boolean not null,
  -- When no window reaches its last event any more, in seconds since 1970.
  ends    bigint  not null,
  primary key (realm, key)
) with (fillfactor = 70, toast_tuple_target = 8160);
alter table activity_journal alter column events set storage external;
create index activity_journal_ends on activity_journal using brin (ends);

-- What is kept already has all of it in sums, and goes on so.
alter table activity_series add column journaled boolean not null default false;
alter table activity_series alter column journaled drop default;
