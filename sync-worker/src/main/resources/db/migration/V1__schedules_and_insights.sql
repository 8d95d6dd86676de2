-- What we know of each connection: its state at the largest revision we have seen.
create table connection_state (
    connection_id uuid primary key,
    workspace_id  text   not null,
    generation    bigint not null,
    revision      bigint not null,
    state         jsonb  not null,
    -- Set when a run met an error that casts doubt on the token: until then, or until a newer state
    -- comes, nothing is run through this connection.
    doubted_since timestamptz,
    doubted_until timestamptz
);

create index connection_state_workspace on connection_state (workspace_id);

-- What we know of each ad account as each connection sees it.
create table ad_account_state (
    connection_id uuid   not null,
    ad_account_id text   not null,
    workspace_id  text   not null,
    revision      bigint not null,
    state         jsonb  not null,
    primary key (connection_id, ad_account_id)
);

create index ad_account_state_account on ad_account_state (workspace_id, ad_account_id);

-- What syncs one ad account of one workspace. Whoever changes a row holds its lock.
create table schedule (
    id                bigint generated always as identity primary key,
    workspace_id      text        not null,
    ad_account_id     text        not null,
    timezone          text        not null,
    revision          bigint      not null,
    state             text        not null check (state in ('RUNNING', 'BLOCKED')), -- derived
    paused            boolean     not null,
    causes            text        not null, -- JSON; derived
    via_connection_id uuid,                 -- derived
    wanted_from       date        not null, -- the first day of the account that is to be had
    synced_through    date,
    next_run_at       timestamptz not null,
    full_requested_at timestamptz,          -- the next run reads all that is not final
    restated_on       date,                 -- the account's day on which that was last done
    last_run_at       timestamptz,
    attempts          int         not null, -- failures since the last success
    last_failure      text,
    run_lease         uuid,                 -- the run that is under way ...
    run_leased_until  timestamptz,          -- ... and until when no other may be
    unique (workspace_id, ad_account_id)
);

create index schedule_next_run_at on schedule (next_run_at) where state = 'RUNNING' and not paused;

-- Wakes the workers of all replicas at commit when a run is wanted now.
create function schedule_wake() returns trigger language plpgsql as
$$
begin
    perform pg_notify('schedule_' || tg_table_schema, '');
    return null;
end
$$;

create trigger schedule_created after insert on schedule
    for each statement execute function schedule_wake();
create trigger schedule_requested after update on schedule
    for each row when (new.full_requested_at is distinct from old.full_requested_at)
    execute function schedule_wake();

-- Which days were read, per level: one row per day that was read at all, with or without insights.
create table coverage (
    workspace_id  text        not null,
    ad_account_id text        not null,
    level         text        not null,
    day           date        not null,
    row_count     int         not null,
    spend         numeric     not null,
    read_at       timestamptz not null, -- when its reading began
    generation    bigint,
    final         boolean     not null, -- Meta restates it no more
    primary key (workspace_id, ad_account_id, level, day)
);

-- The rows of a day and its row in coverage are replaced together.
create table insight (
    workspace_id  text    not null,
    ad_account_id text    not null,
    level         text    not null,
    day           date    not null,
    entity_id     text    not null,
    entity_name   text,
    spend         numeric not null,
    impressions   bigint  not null,
    clicks        bigint  not null,
    metrics       jsonb   not null,
    primary key (workspace_id, ad_account_id, level, day, entity_id)
);
