-- A token that is being replaced by another: at most one attempt per connection at a time. The row
-- goes when the replacement is promoted, or when there is nothing left to replace.
create table renewal (
    connection_id uuid primary key references connection (id),
    kind          text        not null,
    -- of the token that is to be replaced
    generation    bigint      not null,
    -- fences what an attempt brings: whoever began later settles it
    attempt       integer     not null,
    -- whether the next generation lies in access_token, waiting to be proved
    staged        boolean     not null,
    failures      integer     not null,
    -- nobody tries again before, unless told to
    due_at        timestamptz not null,
    leased_by     integer,
    leased_until  timestamptz
);

create index renewal_due on renewal (due_at) where staged;
