-- Whether the session is still there under which something was leased. A replica holds an advisory
-- lock with that number, of this class, as long as its session lasts. Null for null: whoever does
-- not say who holds its lease keeps it as long as it is to last.
create function lease_holder_lives(holder integer) returns boolean language sql stable strict as
$$
    select exists (
        select from pg_locks
        where locktype = 'advisory' and granted and objsubid = 2
          and database = (select oid from pg_database where datname = current_database())
          and classid::bigint = 1818583411 and objid::bigint = holder)
$$;
