-- What a connection was connected for, what exactly was shared at consent, and how its refreshes go.
alter table connection
    add column profile         text        not null default 'REPORTING',
    add column granular_scopes text        not null default '[]',
    add column stored_at       timestamptz not null default now(),
    add column rotation_due_at timestamptz,
    add column refresh_attempts integer    not null default 0,
    add column refresh_failure text,
    -- which thresholds of which clock were announced for this generation
    add column clocks_told     text        not null default '{}',
    -- when a clock of it next has something to say
    add column next_clock_at   timestamptz;

update connection set stored_at = connected_at;

-- Clocks of connections that were stored before there were clocks are read at once.
update connection set next_clock_at = now() where lifecycle = 'CONNECTED';

create index connection_next_clock_at on connection (next_clock_at) where next_clock_at is not null;

-- Every revision, how it came about, and what it was: what `explain` reads.
create table connection_journal (
    connection_id uuid        not null references connection (id),
    revision      bigint      not null,
    generation    bigint      not null,
    at            timestamptz not null,
    cause         text        not null,
    question_id   uuid,
    health        text        not null,
    primary key (connection_id, revision)
);

-- Questions about more than the token. The target is an asset or an app; empty where the subject
-- says it all. What concerns an app concerns no connection.
alter table question
    alter column connection_id drop not null,
    alter column generation drop not null,
    add column target            text   not null default '',
    add column endpoint          text,
    add column evidence_revision bigint,
    add column answered_revision bigint,
    -- what was found at each attempt
    add column trail             text   not null default '[]';

-- What was kept of the evidence was Meta's error alone.
update question
set evidence = json_build_object(
    'what', 'graph-gateway', 'at', opened_at, 'error', evidence::json)::text;

drop index question_open;
create unique index question_open on question (connection_id, generation, subject, target)
    where answered_at is null and connection_id is not null;
create unique index question_open_about_an_app on question (target)
    where answered_at is null and subject = 'APP';
create index question_of_connection on question (connection_id, opened_at);

-- How Meta treats an app as a whole.
create table app_standing (
    app_id        text primary key,
    workspace_id  text        not null,
    revision      bigint      not null,
    blocked_since timestamptz,
    graph_error   text
);

alter table asset
    add column beyond_grant    boolean not null default false,
    -- the ad accounts of a pixel
    add column ad_accounts     text    not null default '[]',
    add column disable_reason  integer,
    add column business_id     text;

-- The businesses a connection's person works for.
create table business (
    connection_id uuid        not null references connection (id),
    business_id   text        not null,
    name          text,
    seen_at       timestamptz not null,
    primary key (connection_id, business_id)
);
