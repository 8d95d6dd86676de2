-- How each token of ours that is not to be used any more ends at Meta. A row without an outcome is
-- work; its token is kept in access_token until then.
create table revocation (
    id            uuid primary key,
    connection_id uuid        not null references connection (id),
    -- of the token
    generation    bigint      not null,
    -- false: another token took its place
    ends_connection boolean   not null,
    ordered_at    timestamptz not null,
    due_at        timestamptz not null,
    attempts      integer     not null default 0,
    leased_by     integer,
    leased_until  timestamptz,
    outcome       text,
    settled_at    timestamptz
);

create index revocation_due on revocation (due_at) where outcome is null;
create index revocation_of_connection on revocation (connection_id, ordered_at);

create function revocation_wake() returns trigger language plpgsql as
$$
begin
    perform pg_notify('revocation_' || tg_table_schema, '');
    return null;
end
$$;

create trigger revocation_wake after insert on revocation
    for each statement execute function revocation_wake();
