-- Immutable versions and their files, byte for byte.
create table policy_version (
  realm        text        not null,
  version      text        not null,
  digest       text        not null,
  state        text        not null,
  author       text        not null,
  message      text        not null,
  created_at   timestamptz not null,
  activated_at timestamptz,
  generation   bigint,
  primary key (realm, version)
);
create unique index policy_version_active on policy_version (realm) where state = 'ACTIVE';

create table policy_file (
  realm   text  not null,
  version text  not null,
  name    text  not null,
  sha256  text  not null,
  bytes   bytea not null,
  primary key (realm, version, name)
);
