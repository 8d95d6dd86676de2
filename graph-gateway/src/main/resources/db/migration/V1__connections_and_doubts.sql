-- What auth-service last said of each connection: the record with the largest revision.
create table connection_health (
    connection_id uuid   primary key,
    workspace_id  text   not null,
    generation    bigint not null,
    revision      bigint not null,
    app_id        text   not null,
    meta_user_id  text   not null,
    token_type    text   not null,
    health        jsonb  not null,
    -- the transaction that last changed the row: how replicas find what is new without reading all
    changed_in    xid8   not null default pg_current_xact_id()
);

create index connection_health_changed_in on connection_health (changed_in);

-- Evidence that was raised, once per generation and revision, and the quarantine that follows from it.
create table doubt (
    connection_id uuid        not null,
    generation    bigint      not null,
    revision      bigint      not null,
    raised_at     timestamptz not null,
    -- when a call was last let through; one a minute is
    probed_at     timestamptz not null,
    changed_in    xid8        not null default pg_current_xact_id(),
    primary key (connection_id, generation, revision)
);

create index doubt_changed_in on doubt (changed_in);
create index doubt_raised_at on doubt (raised_at);

-- Wakes all replicas at commit. No payload: each reads for itself what changed.
create function connections_wake() returns trigger language plpgsql as
$$
begin
    perform pg_notify('connections_' || tg_table_schema, '');
    return null;
end
$$;

create trigger connection_health_wake after insert or update on connection_health
    for each statement execute function connections_wake();
create trigger doubt_wake after insert or update on doubt
    for each statement execute function connections_wake();
