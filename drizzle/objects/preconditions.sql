-- What must hold before a write, or the whole transaction is undone.
--
-- Promises: a row is written only in a version that the caller has seen, and a write that finds
-- nothing leaves nothing behind, not even its idempotency key.
-- Called by: app_admin (check_version); app_viewer, app_analyst, app_admin (require_found).
-- Raises: EB004 not found, EB012 another version.

-- Locks a row that is about to change. Null for p_versions accepts any.
create function api.check_version(p_entity text, p_id uuid, p_versions integer[]) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_version integer;
begin
  case p_entity
    when 'transaction' then
      select t.version into v_version from data.transactions t
       where t.id = p_id and t.deleted_at is null for no key update;
    when 'user' then
      select u.version into v_version from data.users u where u.id = p_id for no key update;
  end case;
  if v_version is null then
    raise exception '% not found', p_entity using errcode = 'EB004';
  elsif p_versions is not null and (v_version = any (p_versions)) is not true then
    raise exception 'the % has version %', p_entity, v_version using errcode = 'EB012';
  end if;
end
$$;
grant execute on function api.check_version(text, uuid, integer[]) to app_admin;

create function api.require_found(p_count integer) returns integer
  language plpgsql immutable
as $$
begin
  if coalesce(p_count, 0) = 0 then
    raise exception 'not found' using errcode = 'EB004';
  end if;
  return p_count;
end
$$;
grant execute on function api.require_found(integer) to app_viewer, app_analyst, app_admin;
