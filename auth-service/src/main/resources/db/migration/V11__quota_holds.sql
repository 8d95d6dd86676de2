-- Quotas of Meta's that the gateway found used up, and until when nobody uses them.
create table quota_hold (
    scope      text        primary key,
    held_until timestamptz not null
);

create index quota_hold_held_until on quota_hold (held_until);

-- Wakes all replicas at commit: each reads for itself what is held.
create function quota_holds_wake() returns trigger language plpgsql as
$$
begin
    perform pg_notify('quota_holds_' || tg_table_schema, '');
    return null;
end
$$;

create trigger quota_hold_wake after insert or update or delete on quota_hold
    for each statement execute function quota_holds_wake();
