-- Files by what they hold: written before a version is proposed, so that the head row is not held for them.
create table policy_blob (
  realm  text  not null,
  sha256 text  not null,
  bytes  bytea not null,
  primary key (realm, sha256)
);
alter table policy_blob alter column bytes set storage external;
insert into policy_blob select distinct on (realm, sha256) realm, sha256, bytes from policy_file;
alter table policy_file drop column bytes;

alter table policy_version
  -- Of the entry that proposed it; of the first version, that put it in force.
  add column position bigint,
  -- The version that was active when it was proposed, and its generation: what approvals are bound to.
  add column base text,
  add column base_generation bigint not null default 0,
  add column shadow boolean not null default false,
  -- Who would get more leeway than by the base: EQUAL, TIGHTER, LOOSER, BOTH, UNPROVEN.
  add column meaning text not null default 'UNPROVEN',
  -- What forbids its approval.
  add column errors integer not null default 0,
  add column broken_guarantees integer not null default 0,
  add column failed_tests integer not null default 0,
  add column uncovered integer not null default 0,
  -- Everything that the check found, JSON.
  add column report text;
update policy_version v set position = coalesce(
  (select min(position) from ledger_entry e where e.realm = v.realm and e.kind = 'policy.activation'), 0);
alter table policy_version alter column position set not null;
create index policy_version_position on policy_version (realm, position);
create index policy_version_digest on policy_version (realm, digest);

-- One person's consent to put a version in force in place of the one that was active under that generation.
create table policy_approval (
  realm              text        not null,
  version            text        not null,
  generation         bigint      not null,
  approver           text        not null,
  reason             text        not null,
  coverage_exception text        not null,
  approved_at        timestamptz not null,
  position           bigint      not null,
  primary key (realm, version, generation, approver)
);
