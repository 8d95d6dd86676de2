-- The session of the replica that works on it, see lease_holder_lives.
alter table due_work add column leased_by integer;
