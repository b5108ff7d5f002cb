-- Imports as the release before this one calls them.
--
-- Promises: while a deployment replaces the Worker, and after a rollback, the earlier Worker imports and
-- reverts. Its rows have no fingerprint, so a later import of the same file asks about them. Remove this
-- file with the next release.
-- Called by: app_analyst, app_admin (own functions); app_admin (the others).
-- Raises: what imports.sql and import-reverts.sql raise.

create function private.rows_of_before(p_rows jsonb) returns jsonb
  language sql immutable
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(jsonb_agg(r || jsonb_build_object('line', (r ->> 'ordinal')::integer + 1,
                                                    'account', r -> 'source')
                            order by (r ->> 'ordinal')::integer), '[]')
    from jsonb_array_elements(p_rows) r
$$;

-- The earlier Worker did not ask: what resembled a transaction was one.
create function private.options_of_before(p_by_values boolean) returns jsonb
  language sql immutable
  set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object('duplicates', 'skip', 'fields', '[]'::jsonb, 'skip', '[]'::jsonb,
                            'create', '[]'::jsonb, 'likely_duplicates',
                            case when p_by_values then 'skip' else 'create' end)
$$;

create function private.match_before(p_user uuid, p_rows jsonb, p_by_values boolean)
  returns table (ordinal integer, matched_by text, transaction_id uuid)
  language sql stable
  set search_path = pg_catalog, pg_temp
as $$
  select (r ->> 'line')::integer - 1,
         case when r ->> 'matched_by' in ('id', 'external_id') then r ->> 'matched_by'
              else 'values' end,
         case when not coalesce((r ->> 'deleted')::boolean, false)
              then (r ->> 'transaction_id')::uuid end
    from jsonb_array_elements(private.preview_import(
           p_user, private.rows_of_before(p_rows), private.options_of_before(p_by_values)) -> 'rows') r
   where r ->> 'outcome' <> 'created'
$$;

create function api.match_own_import(p_rows jsonb, p_by_values boolean)
  returns table (ordinal integer, matched_by text, transaction_id uuid)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select private.refuse_masked_import();
  select * from private.match_before(data.user_id(), p_rows, p_by_values)
$$;

create function api.import_own_transactions(
    p_import uuid, p_file_name text, p_source text, p_row_count integer, p_rows jsonb,
    p_by_values boolean)
  returns setof api.all_imports
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select private.refuse_masked_import();
  select private.as_shown(i) from private.import_transactions(
    data.user_id(), p_import, p_file_name, p_source, p_row_count, 0,
    private.rows_of_before(p_rows), private.options_of_before(p_by_values)) i
$$;

create function api.revert_own_import(p_import uuid) returns setof api.all_imports
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select private.refuse_masked('{:created_by}');
  select private.as_shown(i)
    from private.revert_import(p_import, data.user_id(), false, 'delete') i
$$;

grant execute on function
    api.match_own_import(jsonb, boolean),
    api.import_own_transactions(uuid, text, text, integer, jsonb, boolean),
    api.revert_own_import(uuid)
  to app_analyst, app_admin;

create function api.match_import(p_user uuid, p_rows jsonb, p_by_values boolean)
  returns table (ordinal integer, matched_by text, transaction_id uuid)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select * from private.match_before(p_user, p_rows, p_by_values)
$$;

create function api.import_transactions(
    p_user uuid, p_import uuid, p_file_name text, p_source text, p_row_count integer, p_rows jsonb,
    p_by_values boolean)
  returns setof api.all_imports
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select i.*, '{}'::text[] from private.import_transactions(
    p_user, p_import, p_file_name, p_source, p_row_count, 0,
    private.rows_of_before(p_rows), private.options_of_before(p_by_values)) i
$$;

create function api.revert_import(p_import uuid, p_include_modified boolean)
  returns setof api.all_imports
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select i.*, '{}'::text[]
    from private.revert_import(p_import, null, p_include_modified, 'delete') i
$$;

grant execute on function
    api.match_import(uuid, jsonb, boolean),
    api.import_transactions(uuid, uuid, text, text, integer, jsonb, boolean),
    api.revert_import(uuid, boolean)
  to app_admin;
