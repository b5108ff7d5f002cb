-- Imports: files of transactions, created and reverted as one.
--
-- Promises: an import is one insert, so each trigger runs once. Rows that the user already has are
-- found and not created again. A revert deletes what the import created, all or nothing.
-- Called by: app_viewer, app_analyst, app_admin (own_imports); app_analyst, app_admin (own functions);
-- app_admin (the others).
-- Raises: EB004 not found, EB011 transactions of the import were modified, EB017 a masked field would
-- show, 23503 no such user.

create view api.own_imports as
  select *, '{}'::text[] masked from data.imports
   where user_id = (select data.user_id());
create view api.all_imports as
  select *, '{}'::text[] masked from data.imports;
grant select on api.own_imports to app_viewer, app_analyst, app_admin;
grant select on api.all_imports to app_admin;

-- A second line of defence, should a role be granted the table by mistake.
create policy own_imports on data.imports for select using (user_id = (select data.user_id()));

create function private.require_user(p_user uuid) returns void
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from data.users where id = p_user) then
    raise exception 'user not found'
      using errcode = '23503', constraint = 'imports_user_id_users_id_fk';
  end if;
end
$$;

-- Imports for one user wait for each other: two of the same file at once must not both miss what the
-- other creates.
create function private.import_transactions(
    p_user uuid, p_import uuid, p_file_name text, p_source text, p_row_count integer,
    p_rows jsonb, p_by_values boolean)
  returns setof data.imports
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_known integer[];
  v_known_ids uuid[];
  v_new integer;
  v_created integer;
begin
  perform private.require_user(p_user);
  perform pg_advisory_xact_lock(hashtext('edgebook: import'), hashtext(p_user::text));
  v_known := array(select m.ordinal from private.match_import(p_user, p_rows, p_by_values) m);
  v_known_ids := array(select (p_rows -> k ->> 'id')::uuid from unnest(v_known) k);
  v_new := jsonb_array_length(p_rows) - cardinality(v_known);
  insert into data.imports
      (id, user_id, file_name, source, row_count, created_count, duplicate_count)
    values (p_import, p_user, p_file_name, p_source, p_row_count, v_new, cardinality(v_known));
  insert into api.transaction_input
    select n.*
      from jsonb_populate_recordset(
             -- What the rows of the file do not say.
             jsonb_populate_record(null::api.transaction_input,
                                   jsonb_build_object('user_id', p_user, 'import_id', p_import)),
             p_rows) n
     -- A row of the file can name another user or import; the counts below then differ.
     where n.user_id = p_user and n.import_id = p_import
       and n.id not in (select k from unnest(v_known_ids) k);
  get diagnostics v_created = row_count;
  -- The audit log has the counts already: rows that they do not cover must not be created.
  if v_created <> v_new then
    raise exception 'the counts of the import are wrong';
  end if;
  return query select i.* from data.imports i where i.id = p_import;
end
$$;

-- External ids become free, so that a corrected file can be imported. A second revert changes nothing.
create function private.revert_import(p_import uuid, p_owner uuid, p_include_modified boolean)
  returns setof data.imports
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_import data.imports;
begin
  select i.* into v_import from data.imports i
   where i.id = p_import
     and (p_owner is null or (i.user_id = p_owner and i.created_by = p_owner))
     for no key update;
  if not found then
    raise exception 'import not found' using errcode = 'EB004';
  end if;
  if v_import.reverted_at is null then
    perform 1 from data.transactions t where t.import_id = p_import for no key update;
    if not p_include_modified and exists (
        select from data.transactions t where t.import_id = p_import and t.version <> 1) then
      raise exception 'transactions of the import were modified' using errcode = 'EB011';
    end if;
    update data.transactions t set deleted_at = coalesce(t.deleted_at, now()), external_id = null
     where t.import_id = p_import and (t.deleted_at is null or t.external_id is not null);
    update data.imports i set reverted_at = now() where i.id = p_import;
  end if;
  return query select i.* from data.imports i where i.id = p_import;
end
$$;

-- An import as the role of the request sees it.
create function private.as_shown(p_import data.imports) returns api.all_imports
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return jsonb_populate_record(
    null::api.all_imports, '{"masked": []}' || private.mask_json(to_jsonb(p_import)));
end
$$;

-- For the caller's own transactions, then for those of any user.

create function api.match_own_import(p_rows jsonb, p_by_values boolean)
  returns table (ordinal integer, matched_by text, transaction_id uuid)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select private.refuse_masked_import(p_rows);
  select * from private.match_import(data.user_id(), p_rows, p_by_values)
$$;

create function api.import_own_transactions(
    p_import uuid, p_file_name text, p_source text, p_row_count integer, p_rows jsonb,
    p_by_values boolean)
  returns setof api.all_imports
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select private.refuse_masked_import(p_rows);
  select private.as_shown(i) from private.import_transactions(
    data.user_id(), p_import, p_file_name, p_source, p_row_count, p_rows, p_by_values) i
$$;

-- Who created an import decides whether it can be reverted.
create function api.revert_own_import(p_import uuid) returns setof api.all_imports
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select private.refuse_masked('{:created_by}');
  select private.as_shown(i) from private.revert_import(p_import, data.user_id(), false) i
$$;

grant execute on function
    api.match_own_import(jsonb, boolean),
    api.import_own_transactions(uuid, text, text, integer, jsonb, boolean),
    api.revert_own_import(uuid)
  to app_analyst, app_admin;

create function api.match_import(p_user uuid, p_rows jsonb, p_by_values boolean)
  returns table (ordinal integer, matched_by text, transaction_id uuid)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.require_user(p_user);
  return query select * from private.match_import(p_user, p_rows, p_by_values);
end
$$;

create function api.import_transactions(
    p_user uuid, p_import uuid, p_file_name text, p_source text, p_row_count integer, p_rows jsonb,
    p_by_values boolean)
  returns setof api.all_imports
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select i.*, '{}'::text[] from private.import_transactions(
    p_user, p_import, p_file_name, p_source, p_row_count, p_rows, p_by_values) i
$$;

create function api.revert_import(p_import uuid, p_include_modified boolean)
  returns setof api.all_imports
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select i.*, '{}'::text[] from private.revert_import(p_import, null, p_include_modified) i
$$;

grant execute on function
    api.match_import(uuid, jsonb, boolean),
    api.import_transactions(uuid, uuid, text, text, integer, jsonb, boolean),
    api.revert_import(uuid, boolean)
  to app_admin;

create function private.audit_import() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.append_audit(row(
    new.user_id, null, case tg_op when 'INSERT' then 'import.created' else 'import.reverted' end,
    'import', new.id, case tg_op when 'UPDATE' then to_jsonb(old) end,
    to_jsonb(new))::private.audit_input);
  return null;
end
$$;
create trigger audit_import after insert or update on data.imports
  for each row execute function private.audit_import();
