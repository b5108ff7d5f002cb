-- Maintenance: what the cron trigger deletes, in batches.
--
-- Promises: nothing of the last day is deleted, whatever the clock or the setting says. Each function
-- returns how many rows it deleted. That a session or transaction existed stays in the audit log.
-- Called by: app_login.
-- Raises: 22023 less than a day.

create function api.prune_idempotency_keys(p_older_than interval) returns bigint
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_count bigint;
begin
  if p_older_than is null or p_older_than < interval '1 day' then
    raise exception 'cannot prune the last day' using errcode = '22023';
  end if;
  delete from data.idempotency_keys where created_at < now() - p_older_than;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;

create function api.purge_transactions(p_older_than interval, p_limit integer) returns bigint
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_count bigint;
begin
  if p_older_than is null or p_older_than < interval '1 day' then
    raise exception 'cannot purge the last day' using errcode = '22023';
  end if;
  with old as (
    select t.id from data.transactions t
     where t.deleted_at < now() - p_older_than
     order by t.id
     limit p_limit for update skip locked
  ), gone as (
    delete from data.transactions t using old where t.id = old.id returning 1
  )
  select count(*) into v_count from gone;
  return v_count;
end
$$;

-- Sessions that were revoked or expired that long ago, with their refresh tokens, and expired refresh
-- tokens of sessions that are still in use.
create function api.prune_sessions(p_older_than interval, p_limit integer) returns bigint
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_sessions bigint;
  v_tokens bigint;
begin
  if p_older_than is null or p_older_than < interval '1 day' then
    raise exception 'cannot prune the last day' using errcode = '22023';
  end if;
  with old as (
    select s.id from data.sessions s
     where least(s.revoked_at, s.expires_at) < now() - p_older_than
     limit p_limit for update skip locked
  ), gone as (
    delete from data.sessions s using old where s.id = old.id returning 1
  )
  select count(*) into v_sessions from gone;
  with old as (
    select t.token_hash from data.refresh_tokens t
     where t.expires_at < now() - p_older_than
     limit p_limit for update skip locked
  ), gone as (
    delete from data.refresh_tokens t using old where t.token_hash = old.token_hash returning 1
  )
  select count(*) into v_tokens from gone;
  return v_sessions + v_tokens;
end
$$;

grant execute on function
    api.prune_idempotency_keys(interval), api.purge_transactions(interval, integer),
    api.prune_sessions(interval, integer)
  to app_login;
