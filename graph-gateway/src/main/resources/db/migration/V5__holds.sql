-- Quotas of Meta's that were found used up, and until when nobody uses them. A row is needed as long as
-- the next such finding would follow on from it.
create table quota_hold (
    scope      text        primary key,
    -- one more with every change: replicas keep the largest, so that whoever changes a row by hand, to
    -- end a hold for instance, is obeyed as well
    revision   bigint      not null default 1,
    -- how often in a row it was found used up
    strikes    integer     not null,
    held_until timestamptz not null,
    -- from when on it may be used as fast as it allows
    free_at    timestamptz not null,
    -- when a call was last let through, after the hold, to find out whether it is over
    probed_at  timestamptz,
    -- whether such a call was answered
    proven     boolean     not null default false,
    changed_in xid8        not null default pg_current_xact_id()
);

create index quota_hold_changed_in on quota_hold (changed_in);
create index quota_hold_free_at on quota_hold (free_at);

create trigger quota_hold_wake after insert or update on quota_hold
    for each statement execute function connections_wake();
