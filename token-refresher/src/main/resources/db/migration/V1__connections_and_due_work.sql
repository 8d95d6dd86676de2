-- What we know of each connection: its state at the largest revision we have seen.
create table connection_state (
    connection_id uuid primary key,
    workspace_id  text   not null,
    revision      bigint not null,
    state         jsonb  not null
);

-- What is to be done, and when: at most one row per connection and kind of work.
-- A row speaks of one generation of the token; a newer generation takes the row over.
create table due_work (
    id            bigint generated always as identity primary key,
    connection_id uuid        not null,
    kind          text        not null,
    generation    bigint      not null,
    due_at        timestamptz not null,
    attempts      int         not null default 0, -- failures since the last success
    last_failure  text,
    lease         uuid,                           -- who works on it ...
    leased_until  timestamptz,                    -- ... and until when nobody else may
    done_at       timestamptz,                    -- the last success
    unique (connection_id, kind)
);

create index due_work_due_at on due_work (due_at);
