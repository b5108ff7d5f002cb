-- Consistency: comparing roll-ups with transactions, and rebuilding them.
--
-- Promises: check_rollups returns a row for each difference and none where all is well.
-- recompute_rollups() rebuilds all of them while no one writes; recompute_rollups(user) those of one
-- user, with the shard that the user is in, while others go on.
-- Called by: app_admin (check_rollups); the owner of the database (recompute_rollups).
-- Raises: nothing of its own.

-- What the roll-ups of users must be. By day first, so that few rows are summed three times.
create view private.expected_rollups as
  select d.user_id, g.grain, g.starts_on, d.currency, d.type, g.category,
         sum(d.amount)::numeric(38, 0) amount, sum(d.count)::bigint count
    from (select t.user_id, t.date, t.currency, t.type, t.category,
                 sum(t.amount_minor) amount, count(*) count
            from data.transactions t
           where t.deleted_at is null
           group by t.user_id, t.date, t.currency, t.type, t.category) d
   cross join lateral private.rollup_grains(d.date, d.category) g
   group by d.user_id, g.grain, g.starts_on, d.currency, d.type, g.category;

-- Checks one user; with null all users and then the totals, whose differences have no user.
create function api.check_rollups(p_user uuid)
  returns table (user_id uuid, grain data.rollup_grain, starts_on date, currency text,
                 type data.transaction_type, category text, expected_amount numeric,
                 expected_count bigint, stored_amount numeric, stored_count bigint)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with bounds as (
    -- As a range, so that one plan serves one user by the index and all of them by a scan.
    select coalesce(p_user, '00000000-0000-0000-0000-000000000000') first,
           coalesce(p_user, 'ffffffff-ffff-ffff-ffff-ffffffffffff') last
  ), by_user as materialized (
    select e.* from private.expected_rollups e
     where e.user_id between (select first from bounds) and (select last from bounds)
  ), stored as (
    select r.* from data.rollups r
     where r.user_id between (select first from bounds) and (select last from bounds)
  ), total as (
    select private.rollup_shard(u.user_id) shard, u.grain, u.starts_on, u.currency, u.type,
           u.category, sum(u.amount) amount, sum(u.count)::bigint count
      from by_user u
     where p_user is null
     group by 1, 2, 3, 4, 5, 6
  ), stored_total as (
    select r.* from data.rollups_total r where p_user is null
  )
  select user_id, grain, starts_on, currency, type, category,
         coalesce(e.amount, 0), coalesce(e.count, 0), coalesce(s.amount, 0), coalesce(s.count, 0)
    from by_user e full join stored s
      using (user_id, grain, starts_on, currency, type, category)
   where (e.amount, e.count) is distinct from (s.amount, s.count)
  union all
  select null, grain, starts_on, currency, type, category,
         coalesce(e.amount, 0), coalesce(e.count, 0), coalesce(s.amount, 0), coalesce(s.count, 0)
    from total e full join stored_total s
      using (shard, grain, starts_on, currency, type, category)
   where (e.amount, e.count) is distinct from (s.amount, s.count)
   order by 1, 2, 3, 4, 5, 6
$$;
grant execute on function api.check_rollups(uuid) to app_admin;

-- Sums the roll-ups of users into shards that are empty.
create function private.sum_rollup_shards(p_shards smallint[]) returns void
  language sql
  set search_path = pg_catalog, pg_temp
as $$
  insert into data.rollups_total (shard, grain, starts_on, currency, type, category, amount, count)
    select private.rollup_shard(r.user_id), r.grain, r.starts_on, r.currency, r.type, r.category,
           sum(r.amount), sum(r.count)
      from data.rollups r
     where private.rollup_shard(r.user_id) = any (p_shards)
     group by 1, 2, 3, 4, 5, 6
$$;

-- Returns how many rows there are now, of users and of totals.
create function private.recompute_rollups() returns bigint
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  lock table data.transactions in share row exclusive mode;
  delete from data.rollups;
  delete from data.rollups_total;
  insert into data.rollups (user_id, grain, starts_on, currency, type, category, amount, count)
    select user_id, grain, starts_on, currency, type, category, amount, count
      from private.expected_rollups;
  perform private.sum_rollup_shards(array(select generate_series(0, 7)::smallint));
  return (select count(*) from data.rollups) + (select count(*) from data.rollups_total);
end
$$;

-- Returns how many rows the user has now.
create function private.recompute_rollups(p_user uuid) returns bigint
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_shard smallint := private.rollup_shard(p_user);
begin
  perform from data.audit_heads h where h.owner_id = p_user for update;
  perform private.lock_rollup_shards(array[p_user]);
  delete from data.rollups r where r.user_id = p_user;
  delete from data.rollups_total r where r.shard = v_shard;
  insert into data.rollups (user_id, grain, starts_on, currency, type, category, amount, count)
    select user_id, grain, starts_on, currency, type, category, amount, count
      from private.expected_rollups where user_id = p_user;
  perform private.sum_rollup_shards(array[v_shard]);
  return (select count(*) from data.rollups r where r.user_id = p_user);
end
$$;
