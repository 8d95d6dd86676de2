-- The session of the replica whose run is under way, see lease_holder_lives.
alter table schedule add column run_leased_by integer;
