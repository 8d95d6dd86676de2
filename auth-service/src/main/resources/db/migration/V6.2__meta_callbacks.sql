-- What Meta calls us for: kept before Meta is answered, done by a worker. The same message delivered
-- again is the same row.
create table meta_callback (
    id           uuid primary key,
    message_hash bytea       not null unique,
    app_id       text        not null,
    kind         text        not null,
    -- the app-scoped person, or the ad account; null once a person's data was deleted
    subject      text,
    happened_at  timestamptz not null,
    received_at  timestamptz not null,
    due_at       timestamptz not null,
    attempts     integer     not null default 0,
    done_at      timestamptz,
    -- SHA-256 of the code under which a person may ask how their deletion stands
    code_hash    bytea unique
);

create index meta_callback_due on meta_callback (due_at) where done_at is null;

create function meta_callback_wake() returns trigger language plpgsql as
$$
begin
    perform pg_notify('meta_callback_' || tg_table_schema, '');
    return null;
end
$$;

create trigger meta_callback_wake after insert on meta_callback
    for each statement execute function meta_callback_wake();
