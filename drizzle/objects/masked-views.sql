-- The views of a role in which fields are masked, and the table that says which.
--
-- Promises: a change of data.masking replaces the views of the role in the same transaction, and adds an
-- audit entry. Its versions begin at 1, for a role that nothing was ever masked for.
-- Called by: app_admin (masking, set_masking).
-- Raises: EB012 another version, 22023 a field or mode that does not exist, 42501 with an API key.

-- The columns of a table as a role sees them. A generated column made of a masked one is hidden.
create function private.masked_columns(p_table regclass, p_fields jsonb) returns text
  language sql stable
  set search_path = pg_catalog, pg_temp
as $$
  select string_agg(
           case when c.mode is null and not c.derived then quote_ident(c.attname)
                when c.mode = 'partial' then format('left(%1$I, 1) || ''…'' %1$I', c.attname)
                else format('null::%s %I', format_type(c.atttypid, c.atttypmod), c.attname) end,
           ', ' order by c.attnum)
         || format(', %L::text[] masked', array(
              select m.field from private.maskable_fields() m
                join pg_attribute a on a.attrelid = p_table and a.attname = m.column_name
               where p_fields ? m.field order by m.field))
    from (select a.attname, a.attnum, a.atttypid, a.atttypmod, p_fields ->> m.field mode,
                 exists (select from private.maskable_fields() d
                          where a.attname = any (d.derived) and p_fields ? d.field) derived
            from pg_attribute a
            left join private.maskable_fields() m on m.column_name = a.attname
           where a.attrelid = p_table and a.attnum > 0 and not a.attisdropped) c
$$;

-- Creates the views of a role, or replaces them: readers of the role wait for the end of this
-- transaction, and it for theirs.
create function private.build_role_views(p_role text) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_fields jsonb := coalesce((select m.fields from data.masking m where m.role::text = p_role), '{}');
  v_view text;
begin
  execute format(
    'create or replace view api_%s.own_transactions as select %s from data.transactions
      where user_id = (select data.user_id()) and deleted_at is null',
    p_role, private.masked_columns('data.transactions', v_fields));
  -- Without the sums of categories where those are masked.
  execute format(
    'create or replace view api_%s.user_rollups as
       select user_id, grain, starts_on, currency, type, category, %s amount, count from data.rollups
        where user_id = (select data.user_id()) %s',
    p_role, case when v_fields ? 'amount' then 'null::numeric(38, 0)' else 'amount' end,
    case when v_fields ? 'category' then 'and grain <> ''category''' else '' end);
  execute format(
    'create or replace view api_%s.own_imports as select %s from data.imports
      where user_id = (select data.user_id())',
    p_role, private.masked_columns('data.imports', v_fields));
  execute format(
    'create or replace view api_%s.own_import_rows as
       select import_id, user_id, line, outcome, transaction_id, %s account
         from api.all_import_rows where user_id = (select data.user_id())',
    p_role, case when v_fields ? 'source' then 'null::text' else 'account' end);
  foreach v_view in array
      array['own_transactions', 'user_rollups', 'own_imports', 'own_import_rows'] loop
    execute format('grant select on api_%s.%I to app_%1$s', p_role, v_view);
    execute format(case when v_fields = '{}' then 'grant select on api.%I to app_%s'
                        else 'revoke select on api.%I from app_%s' end, v_view, p_role);
  end loop;
end
$$;

create schema api_viewer;
create schema api_analyst;
grant usage on schema api_viewer to app_viewer;
grant usage on schema api_analyst to app_analyst;
select private.build_role_views('viewer'), private.build_role_views('analyst');

create function private.before_masking_change() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select from jsonb_each_text(new.fields) f
               left join private.maskable_fields() m on m.field = f.key
              where m.field is null
                 or f.value <> 'hide' and not (f.value = 'partial' and m.is_text)) then
    raise exception 'a field or mode that does not exist' using errcode = '22023';
  end if;
  new.updated_by := data.user_id();
  -- Whose chain has the entry: without a user, that of the first admin.
  new.owner_id := coalesce(new.updated_by, (select u.id from data.users u where u.role = 'admin'
                                             order by u.created_at, u.id limit 1));
  new.updated_at := now();
  -- Version 1 is that of a role that nothing was ever masked for.
  new.version := case tg_op when 'INSERT' then 2 else old.version + 1 end;
  return new;
end
$$;
create trigger before_masking_change before insert or update on data.masking
  for each row execute function private.before_masking_change();

create function private.after_masking_change() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_row data.masking := coalesce(new, old);
begin
  perform private.build_role_views(v_row.role::text);
  perform private.append_audit(row(
    v_row.owner_id, null, 'masking.updated', 'masking', v_row.id,
    to_jsonb(old), to_jsonb(new))::private.audit_input);
  return null;
end
$$;
create trigger after_masking_change after insert or update or delete on data.masking
  for each row execute function private.after_masking_change();
create trigger reject_api_keys before insert or update or delete on data.masking
  for each statement execute function private.reject_api_keys();

-- Also the roles that nothing was ever masked for.
create view api.masking as
  select r.role, coalesce(m.fields, '{}') fields, coalesce(m.version, 1) version, m.updated_at,
         m.updated_by
    from unnest(enum_range(null::data.user_role)) r (role)
    left join data.masking m on m.role = r.role
   where r.role <> 'admin';
grant select on api.masking to app_admin;

-- Sets what a role does not see. Null for p_versions accepts any. Changes nothing where it is so already.
create function api.set_masking(p_role text, p_fields jsonb, p_versions integer[])
  returns setof api.masking
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_before api.masking;
begin
  -- One after the other, also for two roles: both change the grants of the same views.
  perform pg_advisory_xact_lock(hashtext('edgebook: masking'));
  select m.* into v_before from api.masking m where m.role::text = p_role;
  if not found then
    raise exception 'role not found' using errcode = 'EB004';
  elsif p_versions is not null and (v_before.version = any (p_versions)) is not true then
    raise exception 'the masking has version %', v_before.version using errcode = 'EB012';
  elsif v_before.fields is distinct from p_fields then
    insert into data.masking as m (role, fields) values (p_role::data.user_role, p_fields)
    on conflict (role) do update set fields = excluded.fields;
  end if;
  return query select m.* from api.masking m where m.role::text = p_role;
end
$$;
grant execute on function api.set_masking(text, jsonb, integer[]) to app_admin;
