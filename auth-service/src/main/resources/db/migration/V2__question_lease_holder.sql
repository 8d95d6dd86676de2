-- The session of the replica that is asking, see lease_holder_lives.
alter table question add column leased_by integer;
