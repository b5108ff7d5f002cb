-- Reverting imports.
--
-- Promises: a revert deletes what only this import brought, all or nothing, and frees its fingerprints
-- and external ids. A second revert changes nothing. Transactions that another import also brought stay
-- with that one, and go when it is reverted; or they go now, and its rows are freed too.
-- Called by: app_analyst, app_admin (revert_own_import); app_admin (revert_import).
-- Raises: EB004 not found, EB011 transactions of the import were modified, EB017 a masked field would
-- show, EB019 other imports have transactions of it (the detail names them).

-- What a revert is about: what the import created, and what it has of imports that were reverted.
create function private.transactions_of_import(p_import uuid) returns uuid[]
  language sql stable
  set search_path = pg_catalog, pg_temp
as $$
  select array(
    select t.id from data.transactions t where t.import_id = p_import
    union
    select t.id
      from data.import_rows r
      join data.transactions t on t.id = r.transaction_id
      join data.imports i on i.id = t.import_id
     where r.import_id = p_import and i.reverted_at is not null and t.deleted_at is null)
$$;

-- With memory for the rows of a file, as imports have. Arrays are unnested, because a generic plan
-- compares each row with each element in turn.
-- p_shared is `keep` or `delete`, or null to refuse where other imports have some of them.
create function private.revert_import(
    p_import uuid, p_owner uuid, p_include_modified boolean, p_shared text)
  returns setof data.imports
  language plpgsql
  set search_path = pg_catalog, pg_temp
  set work_mem = '64MB'
as $$
declare
  v_import data.imports;
  v_ids uuid[];
  v_shared uuid[];
begin
  select i.* into v_import from data.imports i
   where i.id = p_import
     and (p_owner is null or (i.user_id = p_owner and i.created_by = p_owner))
     for no key update;
  if not found then
    raise exception 'import not found' using errcode = 'EB004';
  end if;
  if v_import.reverted_at is null then
    perform private.lock_imports(v_import.user_id);
    v_ids := private.transactions_of_import(p_import);
    v_shared := array(
      select distinct t.id
        from data.import_rows r join data.transactions t on t.id = r.transaction_id
       where r.transaction_id in (select unnest(v_ids)) and r.import_id <> p_import
         and t.deleted_at is null);
    if v_shared <> '{}' and p_shared is null then
      raise exception 'other imports have transactions of it' using errcode = 'EB019', detail = (
        select jsonb_agg(to_jsonb(s) order by s.id)
          from (select i.id, i.file_name, count(distinct r.transaction_id) count
                  from data.import_rows r join data.imports i on i.id = r.import_id
                 where r.transaction_id in (select unnest(v_shared)) and r.import_id <> p_import
                 group by i.id order by i.id limit 20) s);
    elsif p_shared = 'keep' then
      v_ids := array(select unnest(v_ids) except select unnest(v_shared));
    end if;
    perform 1 from data.transactions t where t.id in (select unnest(v_ids)) for no key update;
    if not p_include_modified and exists (
        select from data.transactions t where t.id in (select unnest(v_ids)) and t.version <> 1) then
      raise exception 'transactions of the import were modified' using errcode = 'EB011';
    end if;
    update data.transactions t set deleted_at = coalesce(t.deleted_at, now()), external_id = null
     where t.id in (select unnest(v_ids)) and (t.deleted_at is null or t.external_id is not null);
    delete from data.import_rows r where r.import_id = p_import;
    update data.import_rows r set transaction_id = null
     where r.transaction_id in (select unnest(v_ids));
    update data.imports i set reverted_at = now() where i.id = p_import;
  end if;
  return query select i.* from data.imports i where i.id = p_import;
end
$$;

-- Who created an import decides whether it can be reverted.
create function api.revert_own_import(p_import uuid, p_shared text) returns setof api.all_imports
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select private.refuse_masked('{:created_by}');
  select private.as_shown(i)
    from private.revert_import(p_import, data.user_id(), false, p_shared) i
$$;
grant execute on function api.revert_own_import(uuid, text) to app_analyst, app_admin;

create function api.revert_import(p_import uuid, p_include_modified boolean, p_shared text)
  returns setof api.all_imports
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select i.*, '{}'::text[]
    from private.revert_import(p_import, null, p_include_modified, p_shared) i
$$;
grant execute on function api.revert_import(uuid, boolean, text) to app_admin;
