-- How far each quota is used: one row per scope, the lock under which all replicas take turns.
create table quota_scope (
    scope     text        primary key,
    -- calls in one window; null if no limit is known
    calls     bigint,
    window_ms bigint      not null,
    -- the sum of quota_use
    used      bigint      not null default 0,
    turned_at timestamptz not null
) with (fillfactor = 50);

-- Calls that are over, by the moment from which they count no more.
create table quota_use (
    scope   text        not null,
    free_at timestamptz not null,
    calls   bigint      not null,
    primary key (scope, free_at)
) with (fillfactor = 50);

-- Permits that replicas have in hand, under way, or used without having told yet.
create table quota_lease (
    scope    text        not null,
    lease    uuid        not null,
    permits  bigint      not null,
    -- until then calls may start under it
    until    timestamptz not null,
    -- by then each of them is over
    calls_by timestamptz not null,
    primary key (scope, lease)
) with (fillfactor = 50);

-- One turn of one replica on some scopes: what it spent comes in, what it may use goes out.
--
-- turns     [{scope, calls (null: no limit is known), window_ms, lease, known, wanted, back,
--             spent: {milliseconds ago: calls}}]
-- lease_ms  how long what is granted may be used
-- call_ms   how long a call that starts then takes at most
-- now_at    now; null for the clock of the database, which is the only clock that counts
--
-- A permit counts from its grant until one window after its call was over, rounded up to the next of 720
-- parts of the window. The permits of a lease nobody renewed count as used from when the last of its calls
-- must be over. So no window at Meta holds more calls than the limit, whatever became of a replica.
create function quota_turn(turns jsonb, lease_ms bigint, call_ms bigint, now_at timestamptz default null)
    returns table (
        of_scope text, known boolean, permits bigint, calls bigint, used bigint, leased bigint, sharers int,
        next_free_ms bigint)
    language plpgsql as
$$
#variable_conflict use_column
declare
    turn     record;
    now_     timestamptz;
    span     interval;
    part     interval;
    own      bigint;
    told     bigint;
    late     bigint;
    gone     bigint;
    free     bigint;
    others   bigint;
    holders  int;
    is_known boolean;
    granted  bigint;
begin
    -- everybody locks in the same order
    for turn in
        select * from jsonb_to_recordset(turns) as asked(
            scope text, calls bigint, window_ms bigint, lease uuid, known boolean, wanted bigint, back bigint,
            spent jsonb)
        order by scope collate "C"
    loop
        insert into quota_scope (scope, calls, window_ms, turned_at)
            values (turn.scope, turn.calls, turn.window_ms, coalesce(now_at, clock_timestamp()))
            on conflict do nothing;
        perform from quota_scope where scope = turn.scope for update;
        if not found then
            raise exception 'quota % was forgotten meanwhile', turn.scope using errcode = 'serialization_failure';
        end if;
        -- the clock is read under the lock, and never goes back
        select greatest(coalesce(now_at, clock_timestamp()), turned_at) into now_
            from quota_scope where scope = turn.scope;
        span := make_interval(secs => turn.window_ms / 1000.0);
        part := make_interval(secs => greatest(turn.window_ms / 720.0, 1) / 1000.0);

        -- what the replica says of its lease
        own := 0;
        told := 0;
        delete from quota_lease where scope = turn.scope and lease = turn.lease returning permits into own;
        is_known := found or not turn.known;
        if found then
            with spent as (
                select date_bin(part, now_ - make_interval(secs => ago.key::bigint / 1000.0), 'epoch') + part + span
                           as free_at,
                       ago.value::bigint as calls
                from jsonb_each_text(turn.spent) as ago),
            summed as (select free_at, sum(calls)::bigint as calls from spent group by free_at),
            kept as (
                insert into quota_use (scope, free_at, calls) select turn.scope, free_at, calls from summed
                on conflict (scope, free_at) do update set calls = quota_use.calls + excluded.calls
                returning 1)
            select coalesce(sum(calls), 0) into told from summed;
            own := greatest(own - told - turn.back, 0);
        else
            own := 0;
        end if;

        -- leases nobody renewed
        with lapsed as (
            delete from quota_lease where scope = turn.scope and until < now_ returning permits, calls_by),
        summed as (
            select date_bin(part, calls_by, 'epoch') + part + span as free_at, sum(permits)::bigint as calls
            from lapsed group by 1),
        kept as (
            insert into quota_use (scope, free_at, calls) select turn.scope, free_at, calls from summed
            on conflict (scope, free_at) do update set calls = quota_use.calls + excluded.calls
            returning 1)
        select coalesce(sum(calls), 0) into late from summed;

        -- what counts no more
        with past as (
            delete from quota_use where scope = turn.scope and free_at <= now_ returning calls)
        select coalesce(sum(calls), 0) into gone from past;

        update quota_scope
            set used = used + told + late - gone, calls = turn.calls, window_ms = turn.window_ms, turned_at = now_
            where scope = turn.scope
            returning quota_scope.used into used;

        -- what there is to grant: to each no more than a fair part of what is left, and at the end one by one
        select coalesce(sum(permits), 0), count(*) into others, holders
            from quota_lease where scope = turn.scope;
        holders := holders + 1;
        free := turn.calls - used - others - own;
        granted := case
            when not is_known then 0
            when turn.calls is null then turn.wanted
            else greatest(0, least(turn.wanted, free, greatest(1, free / (2 * holders)))) end;
        own := own + granted;
        if own > 0 then
            insert into quota_lease (scope, lease, permits, until, calls_by)
                values (turn.scope, turn.lease, own,
                        now_ + make_interval(secs => lease_ms / 1000.0),
                        now_ + make_interval(secs => (lease_ms + call_ms) / 1000.0));
        end if;

        of_scope := turn.scope;
        known := is_known;
        permits := granted;
        calls := turn.calls;
        leased := others + own;
        sharers := holders;
        next_free_ms := case
            when turn.calls is null or free > granted then 0
            else coalesce(
                (select ceil(extract(epoch from min(free_at) - now_) * 1000) from quota_use where scope = turn.scope),
                turn.window_ms) end;
        return next;
    end loop;
end
$$;
