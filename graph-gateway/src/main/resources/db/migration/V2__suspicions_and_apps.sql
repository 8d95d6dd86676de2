-- Evidence about something other than the token, once per generation, revision, suspicion and asset.
-- It holds nothing back.
create table suspicion (
    connection_id uuid        not null,
    generation    bigint      not null,
    revision      bigint      not null,
    suspicion     text        not null,
    -- the asset; of an app, when it was asked about; empty where the suspicion says it all
    about         text        not null,
    raised_at     timestamptz not null,
    primary key (connection_id, generation, revision, suspicion, about)
);

create index suspicion_raised_at on suspicion (raised_at);

-- What auth-service last said of each Meta app: the record with the largest revision.
create table app_standing (
    app_id     text    primary key,
    revision   bigint  not null,
    blocked    boolean not null,
    changed_in xid8    not null default pg_current_xact_id()
);

create index app_standing_changed_in on app_standing (changed_in);

create trigger app_standing_wake after insert or update on app_standing
    for each statement execute function connections_wake();
