-- Who is signed in to the pages. A session stands for a key and ends with it; every replica knows every session.

create table console_session (
  realm     text        not null,
  -- Hex SHA-256 of what the browser holds: nothing here opens a page.
  token     text        not null check (length(token) = 64),
  key_id    text        not null,
  opened_at timestamptz not null,
  ends_at   timestamptz not null,
  primary key (realm, token)
);
create index console_session_ends on console_session (realm, ends_at);
