-- One Meta identity connected to one workspace through one Meta app.
create table connection (
    id                     uuid primary key,
    workspace_id           text        not null,
    app_id                 text        not null,
    meta_user_id           text        not null,
    token_type             text        not null,
    label                  text        not null,
    connected_by           text        not null,
    connected_at           timestamptz not null,
    -- number of the token: fences what comes in
    generation             bigint      not null,
    -- number of the state: orders what goes out
    revision               bigint      not null,
    -- the revision that the last answered question led to
    answered_revision      bigint      not null default 0,
    token_status           text        not null,
    lifecycle              text        not null,
    conditions             text        not null,
    scopes                 text        not null,
    expires_at             timestamptz,
    data_access_expires_at timestamptz,
    verified_at            timestamptz,
    unique (workspace_id, app_id, meta_user_id)
);

-- Data keys, wrapped by the operator's key. Deleting one shreds the workspace's tokens.
create table workspace_key (
    workspace_id text primary key,
    wrapped      bytea       not null,
    created_at   timestamptz not null
);

-- Only ever ciphertext.
create table access_token (
    connection_id uuid        not null references connection (id),
    generation    bigint      not null,
    sealed        bytea       not null,
    created_at    timestamptz not null,
    primary key (connection_id, generation)
);

-- One run of the OAuth dance. Ticket, state and browser secret are kept as SHA-256 only.
create table handoff (
    id            uuid primary key,
    workspace_id  text        not null,
    app_id        text        not null,
    connection_id uuid references connection (id),
    return_to     text        not null,
    created_by    text        not null,
    expires_at    timestamptz not null,
    ticket_hash   bytea       not null unique,
    started_at    timestamptz,
    state_hash    bytea unique,
    browser_hash  bytea,
    used_at       timestamptz
);

create index handoff_expires_at on handoff (expires_at);

-- What a connection reaches, as it was last seen.
create table asset (
    connection_id  uuid        not null references connection (id),
    asset_type     text        not null,
    asset_id       text        not null,
    revision       bigint      not null,
    name           text,
    available      boolean     not null,
    cause          text,
    timezone       text,
    currency       text,
    account_status integer,
    changed_at     timestamptz not null,
    primary key (connection_id, asset_type, asset_id)
);

-- What Meta is to be asked. At most one is open per connection, generation and subject.
create table question (
    id            uuid primary key,
    connection_id uuid        not null references connection (id),
    generation    bigint      not null,
    subject       text        not null,
    evidence      text        not null,
    opened_at     timestamptz not null,
    due_at        timestamptz not null,
    leased_until  timestamptz,
    attempts      integer     not null default 0,
    disagreements integer     not null default 0,
    answered_at   timestamptz,
    answer        text
);

create unique index question_open on question (connection_id, generation, subject)
    where answered_at is null;
create index question_due on question (due_at) where answered_at is null;

-- Wakes the workers at commit.
create function question_wake() returns trigger language plpgsql as
$$
begin
    perform pg_notify('question_' || tg_table_schema, '');
    return null;
end
$$;

create trigger question_wake after insert on question for each statement execute function question_wake();

create table audit_log (
    id            bigint generated always as identity primary key,
    at            timestamptz not null,
    actor         text        not null,
    action        text        not null,
    workspace_id  text        not null,
    connection_id uuid,
    detail        text        not null
);
