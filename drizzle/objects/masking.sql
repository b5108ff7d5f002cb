-- Masking: fields of transactions that a role does not see, or sees the first letter of.
--
-- Promises: for a role with masked fields, the views own_transactions, user_rollups, own_imports and
-- own_import_rows in the schema api_<role> have a constant in place of what is masked, and the role has no
-- right on those of the same names in `api` (see masked-views.sql). Other columns are plain, so plans and
-- indexes stay.
-- Names without a schema are the role's own views. What a role writes contains no masked field. Functions
-- that run as the owner ask private.masked_fields(). docs/decisions/0018-masking.md has the reasons.
-- Called by: app (begin_masking, through authenticate); app_viewer, app_analyst, app_admin (mask_json,
-- through views); the other files of this folder.
-- Raises: EB017 the request needs a masked field; the constraint lists `place:field`.

-- The fields of transactions that can be masked, the column of each, generated columns that are made of
-- it, and whether it is text.
create function private.maskable_fields()
  returns table (field text, column_name text, derived text[], is_text boolean)
  language sql immutable
as $$
  values ('amount', 'amount_minor', '{amount_scaled}'::text[], false),
         ('category', 'category', '{search_text}', true),
         ('payee', 'payee', '{search_text}', true),
         ('notes', 'notes', '{search_text}', true),
         ('external_id', 'external_id', '{}', true),
         ('source', 'source', '{}', true),
         ('created_by', 'created_by', '{}', false)
$$;

-- What is masked in this transaction, by name of the field: api.authenticate sets it.
create function private.masking() returns jsonb
  language sql stable parallel safe
  return coalesce(nullif(current_setting('app.masking', true), '')::jsonb, '{}');
create function private.masked_fields() returns text[]
  language sql stable parallel safe
  return array(select k from jsonb_object_keys(private.masking()) k order by k);

-- Refuses what the role of the request may not ask for. Each use is `place:field`.
create function private.refuse_masked(p_uses text[]) returns void
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_masked text[] := private.masked_fields();
  v_refused text := (select string_agg(u, ',' order by n)
                       from unnest(p_uses) with ordinality p (u, n)
                      where split_part(u, ':', -1) = any (v_masked));
begin
  if v_refused is not null then
    raise exception 'a field is masked for the role' using errcode = 'EB017', constraint = v_refused;
  end if;
end
$$;

-- For api.authenticate, which is not the owner and has just set the role.
create function api.begin_masking(p_role text, p_uses text[]) returns text[]
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform set_config('app.masking', coalesce((select m.fields::text from data.masking m
                                               where m.role::text = p_role), ''), true);
  perform private.refuse_masked(p_uses);
  return private.masked_fields();
end
$$;
grant execute on function api.begin_masking(text, text[]) to app;

-- A masked field in a new row would be compared with others, by its version or by a unique index. An
-- external id is unique for a source.
create function private.reject_masked_fields() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.refuse_masked(array(
    select m.field || ':' || m.field from private.maskable_fields() m
     where m.field <> 'created_by' and to_jsonb(new) ->> m.column_name is not null
    union all
    select 'external_id:source' where new.external_id is not null));
  return new;
end
$$;
create trigger reject_masked_fields before insert on data.transactions
  for each row when (coalesce(current_setting('app.masking', true), '') not in ('', '{}'))
  execute function private.reject_masked_fields();

-- Matching compares everything that a file says, and its report tells which rows exist.
create function private.refuse_masked_import() returns void
  language sql stable
  set search_path = pg_catalog, pg_temp
as $$
  select private.refuse_masked(array(
    select ':' || m.field from private.maskable_fields() m where m.field <> 'created_by'))
$$;

-- Masks JSON that was made of rows: of a response that was stored when the role saw more, and of what a
-- function returns that runs as the owner. At any depth, by name.
create function private.mask_json(p_json jsonb) returns jsonb
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_masking jsonb := private.masking();
  v_result jsonb;
  v_found text[];
begin
  if v_masking = '{}' or p_json is null then
    return p_json;
  elsif jsonb_typeof(p_json) = 'array' then
    return (select coalesce(jsonb_agg(private.mask_json(e) order by n), '[]')
              from jsonb_array_elements(p_json) with ordinality a (e, n));
  elsif jsonb_typeof(p_json) <> 'object' then
    return p_json;
  end if;
  select jsonb_object_agg(
           e.key,
           case when m.field is null then private.mask_json(e.value)
                when v_masking ->> m.field = 'partial' and e.key = m.column_name
                     and jsonb_typeof(e.value) = 'string' then to_jsonb(left(e.value #>> '{}', 1) || '…')
                else 'null' end),
         array_agg(distinct m.field order by m.field) filter (where m.field is not null)
    into v_result, v_found
    from jsonb_each(p_json) e
    left join private.maskable_fields() m
      on v_masking ? m.field and e.key = any (m.derived || m.field || m.column_name);
  return case when v_found is null then coalesce(v_result, '{}')
              else v_result || jsonb_build_object('masked', v_found) end;
end
$$;
grant execute on function private.mask_json(jsonb) to app_viewer, app_analyst, app_admin;
