-- Handles nobody is to be let in with any more. A row is needed until no replica can remember what the
-- handle opened.
create table handle_revoked (
    handle_id  uuid        primary key,
    revoked_at timestamptz not null,
    changed_in xid8        not null default pg_current_xact_id()
);

create index handle_revoked_changed_in on handle_revoked (changed_in);
create index handle_revoked_revoked_at on handle_revoked (revoked_at);

create trigger handle_revoked_wake after insert on handle_revoked
    for each statement execute function connections_wake();
