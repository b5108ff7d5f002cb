-- Matching: which rows of a file the user already has.
--
-- Promises: see match_import. It reads only, in time that grows with the file and not with the table.
-- Called by: private.import_transactions and the match functions of imports.sql.
-- Raises: nothing of its own.

-- A row of a file as matching needs it. `ordinal` is its place in the file; `known_id` is the id that a
-- file exported from here has. The rows of a file have these and the columns of transaction_input.
create type private.import_row as (
  ordinal integer, known_id uuid, type data.transaction_type, amount_minor bigint, currency text,
  category text, date date, external_id text, source text
);

-- Which rows the user already has: by id, by external id (of deleted transactions too, since they
-- still hold it), or by date, amount, currency, type and category. By values, one transaction matches
-- one row of the file: two coffees on one day are two, and a statement that overlaps the last one
-- creates what is new. Two different external ids are two transactions.
-- Nested loops are off because the planner cannot know how long the file is.
create function private.match_import(p_user uuid, p_rows jsonb, p_by_values boolean)
  returns table (ordinal integer, matched_by text, transaction_id uuid)
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
  set enable_nestloop = off
as $$
#variable_conflict use_column
declare
  v_rows private.import_row[] := array(
    select f from jsonb_populate_recordset(null::private.import_row, p_rows) f);
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
          join data.transactions t
            on t.external_id = f.external_id and coalesce(t.source, '') = coalesce(f.source, '')
         where t.user_id = p_user and t.external_id = any (v_externals)
           and coalesce(t.source, '') = any (v_sources)
        union all
        select f.ordinal, 'id', t.id, false
          from file f join data.transactions t on t.id = f.known_id
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
      from data.transactions t
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
