-- What this service announces: written with the state it speaks of, deleted when Kafka has it.
create table outbox (
    id         bigint generated always as identity primary key,
    topic      text        not null,
    record_key text        not null,
    headers    jsonb       not null,
    value      bytea       not null,
    created_at timestamptz not null,
    -- set when Kafka refused the row for good reason of its own; its key waits, others do not
    refused    text,
    retry_at   timestamptz
);

create index outbox_refused on outbox (record_key, id) where retry_at is not null;

-- Wakes the relay at commit. No payload: the relay looks for itself.
create function outbox_wake() returns trigger language plpgsql as
$$
begin
    perform pg_notify('outbox_' || tg_table_schema, '');
    return null;
end
$$;

create trigger outbox_wake after insert on outbox for each statement execute function outbox_wake();

-- Which events have taken effect here.
create table inbox (
    event_id    uuid primary key,
    received_at timestamptz not null
);

create index inbox_received_at on inbox (received_at);
