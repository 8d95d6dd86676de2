-- Opaque keys that stand for a connection with less power. Each key is kept as SHA-256 only.
create table handle (
    id            uuid primary key,
    connection_id uuid        not null references connection (id),
    workspace_id  text        not null,
    secret_hash   bytea       not null unique,
    access        text        not null,
    -- ids of the only assets it reaches; null: all that the connection reaches
    assets        text,
    created_by    text        not null,
    created_at    timestamptz not null,
    expires_at    timestamptz not null,
    revoked_at    timestamptz
);

create index handle_workspace on handle (workspace_id, id);
create index handle_connection on handle (connection_id) where revoked_at is null;
