-- When the connection's state wants it done; due_at is that, or later after what was tried.
alter table due_work add column wanted_from timestamptz not null default 'epoch';
alter table due_work alter column wanted_from drop default;
