-- Entries are written unchained, within the transaction of what was done, and sealed in order once they
-- are committed: then, and only then, position and hash are set. See ADR 6.
alter table audit_log
    add column position bigint,
    add column hash     bytea;

create unique index audit_log_position on audit_log (position);
create index audit_log_unsealed on audit_log (id) where position is null;
create index audit_log_workspace on audit_log (workspace_id, id);
create index audit_log_connection on audit_log (connection_id, id) where connection_id is not null;

-- The end of the chain. Whoever seals holds the lock of this row.
create table audit_head (
    single   boolean primary key default true check (single),
    position bigint not null,
    hash     bytea  not null
);

insert into audit_head (position, hash) values (0, decode(repeat('00', 32), 'hex'));

-- An entry is written once and sealed once; nothing else ever happens to it.
create function audit_log_guard() returns trigger language plpgsql as
$$
begin
    if tg_op = 'INSERT' and new.position is null and new.hash is null then
        return new;
    end if;
    if tg_op = 'UPDATE' and old.position is null and old.hash is null
        and new.position is not null and new.hash is not null
        and (new.id, new.at, new.actor, new.action, new.workspace_id, new.connection_id, new.detail)
            is not distinct from
            (old.id, old.at, old.actor, old.action, old.workspace_id, old.connection_id, old.detail) then
        return new;
    end if;
    raise exception 'The audit log is only added to' using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_log_guard before insert or update or delete on audit_log
    for each row execute function audit_log_guard();

create function audit_head_guard() returns trigger language plpgsql as
$$
begin
    if tg_op = 'UPDATE' and new.position > old.position then
        return new;
    end if;
    raise exception 'The end of the audit log only moves on' using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_head_guard before update or delete on audit_head
    for each row execute function audit_head_guard();

create function audit_refuse() returns trigger language plpgsql as
$$
begin
    raise exception 'The audit log is only added to' using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_log_no_truncate before truncate on audit_log
    for each statement execute function audit_refuse();
create trigger audit_head_no_truncate before truncate on audit_head
    for each statement execute function audit_refuse();
