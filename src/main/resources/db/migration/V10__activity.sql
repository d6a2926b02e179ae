-- What was lately done, in the sums that tables ask for. All of it follows from the ledger and can be made again from it;
-- it is written with the entries that it tells of, so it is always that of the head.

-- What is kept. Keys below hold `since`, so that what an earlier keeping left behind never mixes with a later one.
create table activity_series (
  realm       text    not null,
  measure     text    not null,
  scope       text    not null,
  action_type text    not null,
  seconds     integer not null,
  zone        text    not null,
  -- Entries from this position on are counted as they are written; earlier ones are added beside, until it is filled.
  since       bigint  not null,
  filled      boolean not null,
  primary key (realm, measure, scope, action_type, seconds, zone)
);

-- Counts, and money of used permits, in buckets of time.
create table activity_sum (
  realm  text    not null,
  key    uuid    not null,
  bucket bigint  not null,
  times  bigint  not null,
  amount numeric not null,
  -- When no window reaches the bucket any more, in seconds since 1970.
  ends   bigint  not null,
  primary key (realm, key, bucket)
) with (fillfactor = 70);
create index activity_sum_ends on activity_sum using brin (ends);

-- Money of permits that were not used yet, by the second of the permit and that of its end.
create table activity_open (
  realm   text    not null,
  key     uuid    not null,
  expires bigint  not null,
  dated   bigint  not null,
  amount  numeric not null,
  primary key (realm, key, expires, dated)
) with (fillfactor = 70);

-- The last permit of each agent on a subject or trace, and of each action type that is asked for.
create table activity_last (
  realm       text        not null,
  key         uuid        not null,
  member      uuid        not null,
  bucket      bigint      not null,
  decision_id uuid        not null,
  agent       text        not null,
  action_type text        not null,
  at          timestamptz not null,
  ends        bigint      not null,
  primary key (realm, key, member)
) with (fillfactor = 70);
create index activity_last_ends on activity_last using brin (ends);
