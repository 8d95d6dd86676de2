-- Connections that a leap after a restore left as they were, because their tokens do not open.
create table restore_skip (
    run_id        uuid not null references restore_run (id),
    connection_id uuid not null references connection (id),
    -- why, as a code
    failure       text not null,
    primary key (run_id, connection_id)
);
