-- What the notifier knows: the latest state of everything it was told of, and what it told people.

-- Each row holds the state with the largest revision seen; an older one changes nothing.
create table connection (
    connection_id uuid   primary key,
    workspace_id  text   not null,
    revision      bigint not null,
    state         jsonb  not null
);

create index connection_workspace on connection (workspace_id);

create table asset (
    connection_id uuid    not null,
    asset_id      text    not null,
    workspace_id  text    not null,
    asset_type    text    not null,
    available     boolean not null,
    revision      bigint  not null,
    state         jsonb   not null,
    primary key (connection_id, asset_id)
);

create index asset_workspace on asset (workspace_id, asset_type);
create index asset_unavailable on asset (connection_id) where not available;

create table schedule (
    workspace_id  text   not null,
    ad_account_id text   not null,
    revision      bigint not null,
    state         jsonb  not null,
    primary key (workspace_id, ad_account_id)
);

-- When insights of an ad account were last read; the latest wins.
create table ad_account_sync (
    workspace_id  text        not null,
    ad_account_id text        not null,
    read_at       timestamptz not null,
    primary key (workspace_id, ad_account_id)
);

-- One cause is told once, while it stands, and once more when it is gone.
create table notification (
    notification_id uuid primary key,
    workspace_id    text        not null,
    -- null where it concerns no connection
    connection_id   uuid,
    kind            text        not null,
    -- an asset, a scope, a clock; null where it is the connection itself
    subject         text,
    reason          text,
    remedy          text,
    since           timestamptz not null,
    until           timestamptz,
    state           text        not null check (state in ('OPEN', 'RESOLVED')),
    opened_at       timestamptz not null,
    resolved_at     timestamptz,
    read_at         timestamptz,
    check ((state = 'RESOLVED') = (resolved_at is not null))
);

create unique index notification_one_open
    on notification (workspace_id, connection_id, kind, subject) nulls not distinct
    where state = 'OPEN';

create index notification_list on notification (workspace_id, notification_id);

-- Tells the pages that are being looked at, on every replica, in which workspace something changed.
create function notifier_changed() returns trigger language plpgsql as
$$
begin
    perform pg_notify('changes_' || tg_table_schema, new.workspace_id);
    return null;
end
$$;

create trigger connection_changed after insert or update on connection
    for each row execute function notifier_changed();
create trigger asset_changed after insert or update on asset
    for each row execute function notifier_changed();
create trigger schedule_changed after insert or update on schedule
    for each row execute function notifier_changed();
create trigger ad_account_sync_changed after insert or update on ad_account_sync
    for each row execute function notifier_changed();
create trigger notification_changed after insert or update on notification
    for each row execute function notifier_changed();
