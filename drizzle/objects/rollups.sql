-- Roll-ups: sums by day, by month, and by month and category, so that a dashboard costs the same
-- however many transactions there are.
--
-- Promises: data.rollups (per user) and data.rollups_total (all users) change in the transaction of
-- every write, and always equal the sum of the transactions that are not deleted. The totals of all
-- users are split into eight shards, so that not all writers wait for one row.
-- Called by: triggers; app_viewer, app_analyst, app_admin (user_rollups); app_admin (rollups_by_user,
-- rollups_total); app_analyst, app_admin (user_totals).
-- Raises: nothing of its own.

-- How much a write adds to a day, currency, type and category; negative where it takes away.
create type private.rollup_change as (
  user_id uuid, date date, currency text, type data.transaction_type, category text,
  amount numeric, count bigint
);

-- By the last bits of the id, which are random in every id created here.
create function private.rollup_shard(p_user uuid) returns smallint
  language sql immutable parallel safe
  return (get_byte(uuid_send(p_user), 15) & 7)::smallint;

-- The three rows of roll-ups that a day and category belong to.
create function private.rollup_grains(p_date date, p_category text)
  returns table (grain data.rollup_grain, starts_on date, category text)
  language sql immutable rows 3
as $$
  values ('day'::data.rollup_grain, p_date, ''),
         ('month', date_trunc('month', p_date::timestamp)::date, ''),
         ('category', date_trunc('month', p_date::timestamp)::date, p_category)
$$;

-- In order of the shards, so that two writers cannot wait for each other.
create function private.lock_rollup_shards(p_users uuid[]) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_advisory_xact_lock(hashtext('edgebook: rollup shard'), s.shard)
    from (select distinct private.rollup_shard(u) shard from unnest(p_users) u order by shard) s;
end
$$;

-- Adds changes to their rows and deletes rows that reach zero. Writers for one user wait for each
-- other, in order of the users: the audit triggers, which run first by name, take the same lock.
-- Without hash joins and scans, because the planner may remember a table that was still small.
create function private.add_to_rollups(p_changes private.rollup_change[]) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set enable_hashjoin = off
  set enable_mergejoin = off
  set enable_seqscan = off
as $$
declare
  v_users uuid[] := array(select distinct c.user_id from unnest(p_changes) c);
begin
  if cardinality(p_changes) = 0 then
    return;
  end if;
  perform from data.audit_heads h where h.owner_id = any (v_users) order by h.owner_id for update;
  perform private.lock_rollup_shards(v_users);
  merge into data.rollups r
  using (
    select c.user_id, g.grain, g.starts_on, c.currency, c.type, g.category,
           sum(c.amount) amount, sum(c.count)::bigint count
      from unnest(p_changes) c
     cross join lateral private.rollup_grains(c.date, c.category) g
     group by c.user_id, g.grain, g.starts_on, c.currency, c.type, g.category
    having sum(c.amount) <> 0 or sum(c.count) <> 0
  ) c
  on r.user_id = c.user_id and r.grain = c.grain and r.starts_on = c.starts_on
     and r.currency = c.currency and r.type = c.type and r.category = c.category
  when matched and r.count + c.count = 0 then delete
  when matched then update set amount = r.amount + c.amount, count = r.count + c.count
  when not matched then
    insert (user_id, grain, starts_on, currency, type, category, amount, count)
    values (c.user_id, c.grain, c.starts_on, c.currency, c.type, c.category, c.amount, c.count);
  merge into data.rollups_total r
  using (
    select private.rollup_shard(c.user_id) shard, g.grain, g.starts_on, c.currency, c.type,
           g.category, sum(c.amount) amount, sum(c.count)::bigint count
      from unnest(p_changes) c
     cross join lateral private.rollup_grains(c.date, c.category) g
     group by 1, g.grain, g.starts_on, c.currency, c.type, g.category
    having sum(c.amount) <> 0 or sum(c.count) <> 0
  ) c
  on r.shard = c.shard and r.grain = c.grain and r.starts_on = c.starts_on
     and r.currency = c.currency and r.type = c.type and r.category = c.category
  when matched and r.count + c.count = 0 then delete
  when matched then update set amount = r.amount + c.amount, count = r.count + c.count
  when not matched then
    insert (shard, grain, starts_on, currency, type, category, amount, count)
    values (c.shard, c.grain, c.starts_on, c.currency, c.type, c.category, c.amount, c.count);
end
$$;

create function private.roll_up_transactions() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_changes private.rollup_change[];
begin
  if tg_op = 'INSERT' then
    v_changes := array(
      select row(n.user_id, n.date, n.currency, n.type, n.category, sum(n.amount_minor), count(*))
        from new_rows n
       where n.deleted_at is null
       group by n.user_id, n.date, n.currency, n.type, n.category);
  elsif tg_op = 'DELETE' then
    v_changes := array(
      select row(o.user_id, o.date, o.currency, o.type, o.category, -sum(o.amount_minor), -count(*))
        from old_rows o
       where o.deleted_at is null
       group by o.user_id, o.date, o.currency, o.type, o.category);
  else
    v_changes := array(
      select row(c.user_id, c.date, c.currency, c.type, c.category,
                 sum(c.sign * c.amount_minor), sum(c.sign))
        from (select n.user_id, n.date, n.currency, n.type, n.category, n.amount_minor, 1 sign
                from new_rows n where n.deleted_at is null
              union all
              select o.user_id, o.date, o.currency, o.type, o.category, o.amount_minor, -1
                from old_rows o where o.deleted_at is null) c
       group by c.user_id, c.date, c.currency, c.type, c.category
      having sum(c.sign * c.amount_minor) <> 0 or sum(c.sign) <> 0);
  end if;
  perform private.add_to_rollups(v_changes);
  return null;
end
$$;
create trigger roll_up_inserts after insert on data.transactions
  referencing new table as new_rows
  for each statement execute function private.roll_up_transactions();
create trigger roll_up_updates after update on data.transactions
  referencing old table as old_rows new table as new_rows
  for each statement execute function private.roll_up_transactions();
create trigger roll_up_deletes after delete on data.transactions
  referencing old table as old_rows
  for each statement execute function private.roll_up_transactions();

create function private.clear_rollups() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  delete from data.rollups;
  delete from data.rollups_total;
  return null;
end
$$;
create trigger roll_up_truncate after truncate on data.transactions
  for each statement execute function private.clear_rollups();

create view api.user_rollups as
  select user_id, grain, starts_on, currency, type, category, amount, count
    from data.rollups
   where user_id = (select data.user_id());
create view api.rollups_by_user as
  select user_id, grain, starts_on, currency, type, category, amount, count
    from data.rollups;
create view api.rollups_total as
  select shard, grain, starts_on, currency, type, category, amount, count
    from data.rollups_total;
grant select on api.user_rollups to app_viewer, app_analyst, app_admin;
grant select on api.rollups_by_user, api.rollups_total to app_admin;

-- A second line of defence, should a role be granted the table by mistake.
create policy own_rollups on data.rollups for select using (user_id = (select data.user_id()));

-- The totals that a dry run shows: of p_user, or of the owner of a transaction. Callers other than
-- admins see their own only, and none where amounts are masked.
create function api.user_totals(p_user uuid, p_transaction uuid)
  returns table (currency text, income numeric, expenses numeric, count bigint)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select r.currency,
         coalesce(sum(r.amount) filter (where r.type = 'income'), 0),
         coalesce(sum(r.amount) filter (where r.type = 'expense'), 0),
         sum(r.count)::bigint
    from data.rollups r
   where r.grain = 'month'
     and r.user_id = coalesce(
           p_user, (select o.user_id from data.transactions o where o.id = p_transaction))
     and (r.user_id = data.user_id() or current_setting('role') = 'app_admin')
     and 'amount' <> all (private.masked_fields())
   group by r.currency
   order by r.currency
$$;
grant execute on function api.user_totals(uuid, uuid) to app_analyst, app_admin;
