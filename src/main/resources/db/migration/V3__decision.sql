-- A permit is consumed once: the key forbids a second time even if everything else failed to.
create table permit_consumption (
  realm    text   not null,
  -- Position of the decision that brought the permit.
  position bigint not null,
  -- Position of the entry that consumed it.
  consumed bigint not null,
  primary key (realm, position)
);

-- How often each action stands in each trace. One row a pair, so that a long trace costs no more than a short one.
create table trace_repeat (
  realm      text   not null,
  trace_tag  text   not null,
  repeat_tag text   not null,
  times      bigint not null,
  primary key (realm, trace_tag, repeat_tag)
) with (fillfactor = 70);

-- How far each step of a trace is from its start.
create table trace_step (
  realm    text   not null,
  position bigint not null,
  depth    bigint not null,
  primary key (realm, position)
);

-- For searching only: filled from the ledger by cursor, can be dropped and filled again.
create table decision_summary (
  realm       text        not null,
  position    bigint      not null,
  decision_id uuid        not null,
  decided_at  timestamptz not null,
  agent       text        not null,
  action_type text        not null,
  mode        text        not null,
  rules       varchar[]   not null,
  subject_tag text,
  subject_id_tag text,
  trace_tag   text,
  primary key (realm, position)
);
create index decision_summary_agent   on decision_summary (realm, agent, position);
create index decision_summary_action  on decision_summary (realm, action_type, position);
create index decision_summary_subject on decision_summary (realm, subject_tag, position);
create index decision_summary_subject_id on decision_summary (realm, subject_id_tag, position);
create index decision_summary_trace   on decision_summary (realm, trace_tag, position);
create index decision_summary_mode    on decision_summary (realm, mode, position);
create index decision_summary_rules   on decision_summary using gin (rules);
create index decision_summary_time    on decision_summary (realm, decided_at);
