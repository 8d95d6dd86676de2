-- Which of its workspace's data keys a sealed value begins with: one byte of our format, one byte of
-- Tink's, then the key's id (big-endian).
create function sealed_key_id(sealed bytea) returns bigint language sql immutable strict as
$$
    select (get_byte(sealed, 2)::bigint << 24) | (get_byte(sealed, 3)::bigint << 16)
         | (get_byte(sealed, 4)::bigint << 8) | get_byte(sealed, 5)::bigint
$$;

-- Secrets of a workspace that are no access tokens, such as those of its own Meta apps. Only ever
-- ciphertext.
create table sealed_secret (
    workspace_id text        not null,
    purpose      text        not null,
    secret_id    text        not null,
    sealed       bytea       not null,
    created_at   timestamptz not null,
    primary key (workspace_id, purpose, secret_id)
);

-- Which of the operator's keys the workspace's key is wrapped with; null where that was not written
-- down yet.
alter table workspace_key add column kek_id text;

-- A rotation of keys: the operator's, and on request those of workspaces.
create table key_rotation (
    id          uuid primary key,
    started_at  timestamptz not null,
    started_by  text        not null,
    -- what workspaces' keys are to be wrapped with
    kek_id      text        not null,
    data_keys   boolean     not null,
    finished_at timestamptz
);

create unique index key_rotation_one_at_a_time on key_rotation ((finished_at is null))
    where finished_at is null;

-- What a rotation has to do in one workspace.
create table key_rotation_work (
    rotation_id  uuid        not null references key_rotation (id),
    workspace_id text        not null,
    -- the workspace's new data key, once it has one
    data_key_id  bigint,
    resealed     bigint      not null default 0,
    failures     integer     not null default 0,
    last_failure text,
    due_at       timestamptz not null,
    leased_by    integer,
    leased_until timestamptz,
    done_at      timestamptz,
    primary key (rotation_id, workspace_id)
);

create index key_rotation_work_due on key_rotation_work (due_at) where done_at is null;

create function key_rotation_wake() returns trigger language plpgsql as
$$
begin
    perform pg_notify('key_rotation_' || tg_table_schema, '');
    return null;
end
$$;

create trigger key_rotation_wake after insert on key_rotation_work
    for each statement execute function key_rotation_wake();

-- After a restore of the database, every connection leaps ahead, in the order of their ids.
create table restore_run (
    id           uuid primary key,
    started_at   timestamptz not null,
    started_by   text        not null,
    total        bigint      not null,
    -- the last that is done; what came after the last one was connected after the restore
    done_through uuid,
    last_one     uuid,
    done         bigint      not null default 0,
    finished_at  timestamptz
);

create unique index restore_run_one_at_a_time on restore_run ((finished_at is null))
    where finished_at is null;

create function restore_run_wake() returns trigger language plpgsql as
$$
begin
    perform pg_notify('restore_run_' || tg_table_schema, '');
    return null;
end
$$;

create trigger restore_run_wake after insert on restore_run
    for each statement execute function restore_run_wake();
