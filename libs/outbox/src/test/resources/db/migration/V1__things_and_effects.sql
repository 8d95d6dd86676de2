-- State that facts speak of.
create table thing (
    id text primary key
);

-- What facts did here. Without a key on purpose: an effect that happens twice is seen twice.
create table effect (
    event_id uuid not null,
    subject  text not null
);

-- The newest state of each thing.
create table newest (
    id       text   primary key,
    revision bigint not null
);

-- Work that replicas share.
create table chore (
    id           text        primary key,
    due_at       timestamptz not null,
    done         boolean     not null default false,
    leased_by    integer,
    leased_until timestamptz
);
