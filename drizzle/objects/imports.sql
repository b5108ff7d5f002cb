-- Imports: files of transactions, created as one.
--
-- Promises: an import is one insert, so each trigger runs once. Rows that the user already has are
-- found and not created again; import-likely.sql says how. A dry run decides as an import does.
-- Called by: app_viewer, app_analyst, app_admin (own_imports); app_analyst, app_admin (own functions);
-- app_admin (the others).
-- Raises: EB012 what matches has changed since the report, EB017 a masked field would show, EB018 rows
-- are likely duplicates (the detail lists them), EB020 too many rows, 23503 no such user.

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
-- other creates. So do reverts.
create function private.lock_imports(p_user uuid) returns void
  language sql
  set search_path = pg_catalog, pg_temp
as $$
  select pg_advisory_xact_lock(hashtext('edgebook: import'), hashtext(p_user::text))
$$;

-- What a caller saw in a report. It changes with everything that a row matches or resembles.
create function private.import_state(p_matches private.import_match[]) returns text
  language sql immutable
  set search_path = pg_catalog, pg_temp
as $$
  select md5(coalesce(string_agg(
           concat_ws(' ', m.line, m.matched_by, m.reason, m.transaction_id, m.version, m.deleted),
           ',' order by m.line), ''))
    from unnest(p_matches) m
$$;

create type private.prepared_import as (
  rows private.import_row[], matches private.import_match[], decisions private.import_decision[],
  unnamed integer[]
);

-- Matches and decides. `fields` of the options are those that the file has columns for. Plans are made
-- for each file: a generic plan compares each row with each element of an array in turn, where a plan
-- for that array hashes it. Not so where rows are written, because triggers would plan for each row.
create function private.prepare_import(p_user uuid, p_rows jsonb, p_options jsonb)
  returns private.prepared_import
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
  set enable_nestloop = off
  set plan_cache_mode = force_custom_plan
as $$
declare
  v private.prepared_import;
begin
  perform private.require_user(p_user);
  v.rows := array(select f from jsonb_populate_recordset(null::private.import_row, p_rows) f);
  v.matches := array(
    select m from private.match_import(
      p_user, v.rows, array(select jsonb_array_elements_text(p_options -> 'fields'))) m);
  v.decisions := array(select d from private.decide_import(v.rows, v.matches, p_options) d);
  v.unnamed := private.taken_external_ids(p_user, array(
    select f from unnest(v.rows) f join unnest(v.decisions) d on d.line = f.line
     where d.outcome in ('created', 'ask')));
  return v;
end
$$;

-- What is not simply created: a row each. `unnamed` has lines that lose their external id.
create function private.preview_import(p_user uuid, p_rows jsonb, p_options jsonb) returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
  set enable_nestloop = off
as $$
declare
  v private.prepared_import := private.prepare_import(p_user, p_rows, p_options);
begin
  return jsonb_build_object(
    'state', private.import_state(v.matches), 'unnamed', v.unnamed,
    'rows', (select coalesce(jsonb_agg(to_jsonb(d) || coalesce(to_jsonb(m) - 'version', '{}')
                                       order by d.line), '[]')
               from unnest(v.decisions) d left join unnest(v.matches) m on m.line = d.line
              where d.outcome <> 'created' or m.line is not null));
end
$$;

-- With memory for the rows of a file: the search index takes new rows in batches of this size.
create function private.import_transactions(
    p_user uuid, p_import uuid, p_file_name text, p_source text, p_row_count integer,
    p_not_booked integer, p_rows jsonb, p_options jsonb)
  returns setof data.imports
  language plpgsql
  set search_path = pg_catalog, pg_temp
  set work_mem = '64MB'
as $$
declare
  v private.prepared_import;
  v_rows jsonb := p_rows;
  v_left uuid[];
  v_new integer;
  v_created integer;
begin
  perform private.lock_imports(p_user);
  v := private.prepare_import(p_user, p_rows, p_options);
  if not coalesce(p_options -> 'states' ? private.import_state(v.matches), true) then
    raise exception 'what the file matches has changed' using errcode = 'EB012';
  elsif exists (select from unnest(v.decisions) d where d.outcome = 'ask') then
    raise exception 'rows are likely duplicates' using errcode = 'EB018', detail = (
      select jsonb_agg(to_jsonb(a) order by a.line)
        from (select m.line, m.reason, m.date, count(*) over () count
                from unnest(v.matches) m join unnest(v.decisions) d on d.line = m.line
               where d.outcome = 'ask' order by m.line limit 200) a);
  end if;
  perform private.check_import_quota(p_user, p_row_count);
  v_left := array(select f.id from unnest(v.rows) f join unnest(v.decisions) d on d.line = f.line
                   where d.outcome <> 'created');
  v_new := cardinality(v.rows) - cardinality(v_left);
  insert into data.imports
      (id, user_id, file_name, source, row_count, created_count, duplicate_count, not_booked_count)
    select p_import, p_user, p_file_name, p_source, p_row_count, v_new,
           count(*) filter (where d.outcome <> 'created' and m.transaction_id is not null),
           p_not_booked
      from unnest(v.decisions) d left join unnest(v.matches) m on m.line = d.line;
  if v.unnamed <> '{}' then
    v_rows := (select jsonb_agg(case when (r ->> 'line')::integer = any (v.unnamed)
                                     then r - 'external_id' else r end)
                 from jsonb_array_elements(p_rows) r);
  end if;
  insert into api.transaction_input
    select n.*
      from jsonb_populate_recordset(
             -- What the rows of the file do not say.
             jsonb_populate_record(null::api.transaction_input,
                                   jsonb_build_object('user_id', p_user, 'import_id', p_import)),
             v_rows) n
     -- A row of the file can name another user or import; the counts below then differ.
     where n.user_id = p_user and n.import_id = p_import
       -- Not as a join, which would insert the rows in another order, and into many more pages.
       and n.id not in (select k from unnest(v_left) k);
  get diagnostics v_created = row_count;
  -- The audit log has the counts already: rows that they do not cover must not be created.
  if v_created <> v_new then
    raise exception 'the counts of the import are wrong';
  end if;
  perform private.remember_rows(p_user, p_import, v.rows, v.matches, v.decisions);
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

create function api.preview_own_import(p_rows jsonb, p_options jsonb) returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select private.refuse_masked_import();
  select private.preview_import(data.user_id(), p_rows, p_options)
$$;

create function api.import_own_transactions(
    p_import uuid, p_file_name text, p_source text, p_row_count integer, p_not_booked integer,
    p_rows jsonb, p_options jsonb)
  returns setof api.all_imports
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select private.refuse_masked_import();
  select private.as_shown(i) from private.import_transactions(
    data.user_id(), p_import, p_file_name, p_source, p_row_count, p_not_booked, p_rows, p_options) i
$$;
grant execute on function
    api.preview_own_import(jsonb, jsonb),
    api.import_own_transactions(uuid, text, text, integer, integer, jsonb, jsonb)
  to app_analyst, app_admin;

create function api.preview_import(p_user uuid, p_rows jsonb, p_options jsonb) returns jsonb
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select private.preview_import(p_user, p_rows, p_options)
$$;

create function api.import_transactions(
    p_user uuid, p_import uuid, p_file_name text, p_source text, p_row_count integer,
    p_not_booked integer, p_rows jsonb, p_options jsonb)
  returns setof api.all_imports
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select i.*, '{}'::text[] from private.import_transactions(
    p_user, p_import, p_file_name, p_source, p_row_count, p_not_booked, p_rows, p_options) i
$$;
grant execute on function
    api.preview_import(uuid, jsonb, jsonb),
    api.import_transactions(uuid, uuid, text, text, integer, integer, jsonb, jsonb)
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
