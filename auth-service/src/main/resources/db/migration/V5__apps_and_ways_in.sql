-- Meta apps of workspaces' own. What of them is secret lies in sealed_secret.
create table meta_app (
    app_id        text primary key,
    workspace_id  text        not null,
    -- null: the version the managed app uses
    graph_version text,
    login_config  text,
    registered_by text        not null,
    registered_at timestamptz not null,
    secret_set_at timestamptz not null
);

create index meta_app_workspace on meta_app (workspace_id);

alter table handoff
    add column profile      text    not null default 'REPORTING',
    -- who alone may come back; null where anybody may
    add column meta_user_id text,
    -- whether the ticket is sent to somebody, and lives longer
    add column link         boolean not null default false,
    -- the code that came back, so that it is exchanged once only
    add column code_hash    bytea unique,
    -- how it ended; null while it has not
    add column outcome      text;

create index handoff_browser_hash on handoff (browser_hash);
