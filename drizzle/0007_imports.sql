-- Imports: files of transactions, taken in and taken back as one.

create view app.own_imports as
  select id, user_id, created_by, created_at, file_name, source, row_count, created_count,
         duplicate_count, reverted_at
    from book.imports
   where user_id = (select app.user_id());
--> statement-breakpoint
create view app.all_imports as
  select id, user_id, created_by, created_at, file_name, source, row_count, created_count,
         duplicate_count, reverted_at
    from book.imports;
--> statement-breakpoint
-- Behind the wall, for anything that is granted the table by mistake.
create policy own_imports on book.imports for select using (user_id = (select app.user_id()));
--> statement-breakpoint

-- Reading a file ---------------------------------------------------------------------------------

-- A row of a file as the Worker checked it. `ordinal` is its place among the rows, which no other
-- row has; `known_id` is the id that a file from here gives.
create type book.import_row as (
  ordinal integer, id uuid, known_id uuid, type book.transaction_type, amount_minor bigint,
  currency text, category text, date date, notes text, external_id text, source text
);
--> statement-breakpoint
-- Rows come as arrays: 20,000 of them with names would be half names.
create function book.read_import(p_rows jsonb) returns setof book.import_row
  language sql immutable rows 20000
  set search_path = pg_catalog, pg_temp
as $$
  select (r->>0)::integer, (r->>1)::uuid, (r->>2)::uuid, (r->>3)::book.transaction_type,
         (r->>4)::bigint, r->>5, r->>6, (r->>7)::date, r->>8, r->>9, r->>10
    from jsonb_array_elements(p_rows) r
$$;
--> statement-breakpoint
-- Which rows the book has already: by their id, by their external id (deleted ones too, for they
-- keep the name taken), or by date, amount, currency, type and category. By values, a record of the
-- book stands for one row of the file: two coffees of one day are two, and a statement that overlaps
-- the last one brings in what is new. Two external ids that differ are two records.
-- Nested loops are off because the planner cannot know how long the file is.
create function book.match_import(p_user uuid, p_rows jsonb, p_by_values boolean)
  returns table (ordinal integer, matched_by text, transaction_id uuid)
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
  set enable_nestloop = off
as $$
#variable_conflict use_column
declare
  v_rows book.import_row[] := array(select f from book.read_import(p_rows) f);
  v_ids uuid[] := array(select f.known_id from unnest(v_rows) f where f.known_id is not null);
  v_externals text[] := array(
    select f.external_id from unnest(v_rows) f where f.external_id is not null);
  v_sources text[] := array(select distinct coalesce(f.source, '') from unnest(v_rows) f);
  v_dates date[] := array(select distinct f.date from unnest(v_rows) f);
begin
  return query
  with file as materialized (
    select f.* from unnest(v_rows) f
  ), named as materialized (
    select distinct on (n.ordinal) n.ordinal, n.matched_by, n.found_id, n.deleted
      from (
        select f.ordinal, 'external_id' matched_by, t.id found_id, t.deleted_at is not null deleted
          from file f
          join book.transactions t
            on t.external_id = f.external_id and coalesce(t.source, '') = coalesce(f.source, '')
         where t.user_id = p_user and t.external_id = any (v_externals)
           and coalesce(t.source, '') = any (v_sources)
        union all
        select f.ordinal, 'id', t.id, false
          from file f join book.transactions t on t.id = f.known_id
         where t.user_id = p_user and t.id = any (v_ids) and t.deleted_at is null
      ) n
     order by n.ordinal, n.matched_by
  ), others as (
    select f.*, f.external_id is not null has_name,
           row_number() over (partition by f.date, f.amount_minor, f.currency, f.type, f.category,
                                           f.external_id is not null order by f.ordinal) place,
           count(f.external_id) over (partition by f.date, f.amount_minor, f.currency, f.type,
                                                   f.category) names
      from file f
     where p_by_values and not exists (select from named n where n.ordinal = f.ordinal)
  ), pool as (
    select t.date, t.amount_minor, t.currency, t.type, t.category,
           coalesce(array_agg(t.id order by t.id) filter (where t.external_id is null), '{}') plain,
           coalesce(array_agg(t.id order by t.id) filter (where t.external_id is not null), '{}')
             named
      from book.transactions t
     where p_by_values and t.user_id = p_user and t.deleted_at is null and t.date = any (v_dates)
       and not exists (select from named n where n.found_id = t.id)
     group by t.date, t.amount_minor, t.currency, t.type, t.category
  ), alike as (
    select o.ordinal,
           case when o.has_name then p.plain[o.place]
                when o.place <= cardinality(p.named) then p.named[o.place]
                else p.plain[least(o.names, cardinality(p.plain)) + o.place - cardinality(p.named)]
           end found_id
      from others o
      join pool p on p.date = o.date and p.amount_minor = o.amount_minor
       and p.currency = o.currency and p.type = o.type and p.category = o.category
  )
  select n.ordinal, n.matched_by, case when not n.deleted then n.found_id end from named n
  union all
  select a.ordinal, 'values', a.found_id from alike a where a.found_id is not null
   order by 1;
end
$$;
--> statement-breakpoint
create function book.require_user(p_user uuid) returns void
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from book.users where id = p_user) then
    raise exception 'there is no such user'
      using errcode = '23503', constraint = 'imports_user_id_users_id_fk';
  end if;
end
$$;
--> statement-breakpoint
-- Takes a file in by one insert, so that each trigger runs once. Imports into one book wait for each
-- other: two of the same file at once must not both miss what the other brings in.
create function book.import_transactions(
    p_user uuid, p_import uuid, p_file_name text, p_source text, p_row_count integer,
    p_rows jsonb, p_by_values boolean)
  returns setof book.imports
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_known integer[];
  v_new book.import_row[];
  v_created integer;
begin
  perform book.require_user(p_user);
  perform pg_advisory_xact_lock(hashtext('edgebook: import'), hashtext(p_user::text));
  v_known := array(select m.ordinal from book.match_import(p_user, p_rows, p_by_values) m);
  v_new := array(
    select f from book.read_import(p_rows) f
     where f.ordinal not in (select k from unnest(v_known) k));
  insert into book.imports
      (id, user_id, file_name, source, row_count, created_count, duplicate_count)
    values (p_import, p_user, p_file_name, p_source, p_row_count,
            cardinality(v_new), cardinality(v_known));
  insert into book.transactions
      (id, user_id, type, amount_minor, currency, category, date, notes, external_id, source,
       import_id)
    select f.id, p_user, f.type, f.amount_minor, f.currency, f.category, f.date, f.notes,
           f.external_id, f.source, p_import
      from unnest(v_new) f;
  get diagnostics v_created = row_count;
  -- The audit has the counts already: what they do not say must not come in.
  if v_created <> cardinality(v_new)
      or v_created + cardinality(v_known) <> jsonb_array_length(p_rows) then
    raise exception 'the counts of the import are wrong';
  end if;
  return query select i.* from book.imports i where i.id = p_import;
end
$$;
--> statement-breakpoint

-- Taking an import back --------------------------------------------------------------------------

-- Deletes what the import brought in, by one update. External ids become free, so that the file can
-- come in once more when it is mended. Raises EB404 where there is no such import, and EB409 where
-- records of it were changed since, unless those are to go too. Once more changes nothing.
create function book.revert_import(p_import uuid, p_owner uuid, p_changed_too boolean)
  returns setof book.imports
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_import book.imports;
begin
  select i.* into v_import from book.imports i
   where i.id = p_import
     and (p_owner is null or (i.user_id = p_owner and i.created_by = p_owner))
     for no key update;
  if not found then
    raise exception 'there is no such import' using errcode = 'EB404';
  end if;
  if v_import.reverted_at is null then
    perform 1 from book.transactions t where t.import_id = p_import for no key update;
    if not p_changed_too and exists (
        select from book.transactions t where t.import_id = p_import and t.version <> 1) then
      raise exception 'records of the import were changed' using errcode = 'EB409';
    end if;
    update book.transactions t set deleted_at = coalesce(t.deleted_at, now()), external_id = null
     where t.import_id = p_import and (t.deleted_at is null or t.external_id is not null);
    update book.imports i set reverted_at = now() where i.id = p_import;
  end if;
  return query select i.* from book.imports i where i.id = p_import;
end
$$;
--> statement-breakpoint

-- What roles may call: into one's own book, and for admins into any ------------------------------

create function app.match_own_import(p_rows jsonb, p_by_values boolean)
  returns table (ordinal integer, matched_by text, transaction_id uuid)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select * from book.match_import(app.user_id(), p_rows, p_by_values)
$$;
--> statement-breakpoint
create function app.match_import(p_user uuid, p_rows jsonb, p_by_values boolean)
  returns table (ordinal integer, matched_by text, transaction_id uuid)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform book.require_user(p_user);
  return query select * from book.match_import(p_user, p_rows, p_by_values);
end
$$;
--> statement-breakpoint
create function app.import_own_transactions(
    p_import uuid, p_file_name text, p_source text, p_row_count integer, p_rows jsonb,
    p_by_values boolean)
  returns setof app.all_imports
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select i.id, i.user_id, i.created_by, i.created_at, i.file_name, i.source, i.row_count,
         i.created_count, i.duplicate_count, i.reverted_at
    from book.import_transactions(app.user_id(), p_import, p_file_name, p_source, p_row_count,
                                  p_rows, p_by_values) i
$$;
--> statement-breakpoint
create function app.import_transactions(
    p_user uuid, p_import uuid, p_file_name text, p_source text, p_row_count integer, p_rows jsonb,
    p_by_values boolean)
  returns setof app.all_imports
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select i.id, i.user_id, i.created_by, i.created_at, i.file_name, i.source, i.row_count,
         i.created_count, i.duplicate_count, i.reverted_at
    from book.import_transactions(p_user, p_import, p_file_name, p_source, p_row_count, p_rows,
                                  p_by_values) i
$$;
--> statement-breakpoint
create function app.revert_own_import(p_import uuid) returns setof app.all_imports
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select i.id, i.user_id, i.created_by, i.created_at, i.file_name, i.source, i.row_count,
         i.created_count, i.duplicate_count, i.reverted_at
    from book.revert_import(p_import, app.user_id(), false) i
$$;
--> statement-breakpoint
create function app.revert_import(p_import uuid, p_changed_too boolean)
  returns setof app.all_imports
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select i.id, i.user_id, i.created_by, i.created_at, i.file_name, i.source, i.row_count,
         i.created_count, i.duplicate_count, i.reverted_at
    from book.revert_import(p_import, null, p_changed_too) i
$$;
--> statement-breakpoint

-- Audit and idempotency --------------------------------------------------------------------------

create function book.audit_import() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform book.append_audit(row(
    new.user_id, null, case tg_op when 'INSERT' then 'import.created' else 'import.reverted' end,
    'import', new.id, case tg_op when 'UPDATE' then to_jsonb(old) end,
    to_jsonb(new))::book.audit_input);
  return null;
end
$$;
--> statement-breakpoint
create trigger audit_import after insert or update on book.imports
  for each row execute function book.audit_import();
--> statement-breakpoint
-- As in 0004, and for imports.
create or replace function app.keep_result(p_key text, p_outcome text, p_entity text, p_id uuid)
  returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_row jsonb;
  -- It looks behind the wall, so it asks what the wall would ask.
  v_admin boolean := current_setting('role') = 'app_admin';
begin
  case p_entity
    when 'transaction' then
      select to_jsonb(t) into v_row from book.transactions t
       where t.id = p_id and (t.user_id = app.user_id() or v_admin);
    when 'user' then
      select book.audited_user(u) into v_row from book.users u
       where u.id = p_id and (u.id = app.user_id() or v_admin);
    when 'import' then
      select to_jsonb(i) into v_row from book.imports i
       where i.id = p_id and (i.user_id = app.user_id() or v_admin);
    else null;
  end case;
  if v_row is null and p_entity <> 'none' then
    -- Nothing was found that could be changed. The answer is 404, and the key is free again.
    delete from book.idempotency_keys k where k.user_id = app.user_id() and k.key = p_key;
    return;
  end if;
  update book.idempotency_keys k
     set outcome = p_outcome,
         result = jsonb_build_object('entity', p_entity, 'row', v_row)
   where k.user_id = app.user_id() and k.key = p_key;
end
$$;
--> statement-breakpoint

-- Grants -----------------------------------------------------------------------------------------

revoke all on function
    book.read_import(jsonb), book.match_import(uuid, jsonb, boolean), book.require_user(uuid),
    book.import_transactions(uuid, uuid, text, text, integer, jsonb, boolean),
    book.revert_import(uuid, uuid, boolean), book.audit_import(),
    app.match_own_import(jsonb, boolean), app.match_import(uuid, jsonb, boolean),
    app.import_own_transactions(uuid, text, text, integer, jsonb, boolean),
    app.import_transactions(uuid, uuid, text, text, integer, jsonb, boolean),
    app.revert_own_import(uuid), app.revert_import(uuid, boolean)
  from public;
--> statement-breakpoint
grant select on app.own_imports to app_viewer, app_analyst, app_admin;
--> statement-breakpoint
grant select on app.all_imports to app_admin;
--> statement-breakpoint
grant execute on function
    app.match_own_import(jsonb, boolean),
    app.import_own_transactions(uuid, text, text, integer, jsonb, boolean),
    app.revert_own_import(uuid)
  to app_analyst, app_admin;
--> statement-breakpoint
grant execute on function
    app.match_import(uuid, jsonb, boolean),
    app.import_transactions(uuid, uuid, text, text, integer, jsonb, boolean),
    app.revert_import(uuid, boolean)
  to app_admin;
