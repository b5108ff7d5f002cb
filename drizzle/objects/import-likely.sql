-- Likely duplicates, and matching as a whole.
--
-- Promises: see match_import.
-- Called by: the functions of imports.sql.
-- Raises: nothing of its own.

-- What is left on both sides, with the same account, currency and signed amount, one to one, the nearest
-- date first. A transaction that came from a file must have the same date; one that was entered, or
-- imported before rows were remembered, may be three days away. Two external ids are two transactions.
create function private.match_likely(p_user uuid, p_rows private.import_row[], p_taken uuid[])
  returns setof private.import_match
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_days constant integer[] := '{-3,-2,-1,0,1,2,3}';
  v_dates date[] := array(
    select distinct w.date from (select f.date + unnest(v_days) date from unnest(p_rows) f) w);
  -- Read by the index alone.
  v_ids uuid[] := array(
    select t.id
      from data.transactions t
      join (select distinct f.type, f.currency, f.amount_minor, f.date + unnest(v_days) date
              from unnest(p_rows) f) w
        on w.date = t.date and w.type = t.type and w.currency = t.currency
       and w.amount_minor = t.amount_minor
     where t.user_id = p_user and t.deleted_at is null and t.date = any (v_dates)
       and not exists (select from unnest(p_taken) u where u = t.id));
begin
  if v_ids = '{}' then
    return;
  end if;
  return query
  with known as materialized (
    select k.*, t.type, t.currency::text currency, t.amount_minor,
           dense_rank() over (order by t.type, t.currency, t.amount_minor, t.date, k.account,
                                       k.has_name, k.remembered)::integer bucket,
           row_number() over (partition by t.type, t.currency, t.amount_minor, t.date, k.account,
                                           k.has_name, k.remembered order by k.id) number
      from private.known_transactions(p_user, v_ids) k
      join data.transactions t on t.id = k.id
     where t.id = any (v_ids)
  ), file as materialized (
    select f.line, f.type, f.currency, f.amount_minor, f.date, f.account,
           f.external_id is not null has_name,
           dense_rank() over (order by f.type, f.currency, f.amount_minor, f.date, f.account,
                                       f.external_id is not null)::integer bucket,
           row_number() over (partition by f.type, f.currency, f.amount_minor, f.date, f.account,
                                           f.external_id is not null order by f.line) number
      from unnest(p_rows) f
  ), row_buckets as (
    select b.*, unnest(private.row_keys(b.account)) key
      from (select f.bucket, f.type, f.currency, f.amount_minor, f.account, f.has_name,
                   count(*)::integer count, min(f.line) line, unnest(v_days) days, f.date
              from file f
             group by f.bucket, f.type, f.currency, f.amount_minor, f.date, f.account,
                      f.has_name) b
  ), known_buckets as (
    select k.bucket, k.type, k.currency, k.amount_minor, k.date, k.account, k.has_name,
           k.remembered, count(*)::integer count, unnest(private.known_keys(k.account)) key
      from known k
     group by k.bucket, k.type, k.currency, k.amount_minor, k.date, k.account, k.has_name,
              k.remembered
  )
  select f.line, null::text, case when f.date = k.date then 'same_date' else 'near_date' end, k.id,
         k.version, false, k.date, null::text[]
    from private.pair_buckets(array(
           select row(r.bucket, k.bucket, r.count, k.count)::private.bucket_pair
             from row_buckets r
             join known_buckets k
               on k.type = r.type and k.currency = r.currency and k.amount_minor = r.amount_minor
              and k.date = r.date + r.days and k.key = r.key
            where (r.days = 0 or not k.remembered) and not (r.has_name and k.has_name)
            order by abs(r.days), r.account is distinct from k.account, r.line, k.bucket)) p
    join file f on f.bucket = p.row_bucket and f.number = p.row_number
    join known k on k.bucket = p.known_bucket and k.number = p.known_number;
end
$$;

-- Which rows the user already has, in this order: by the id of an export, by external id, by fingerprint;
-- what is left may resemble a transaction that no row was found to be. Each row is found once, and each
-- transaction resembles one row. `p_fields` has the fields that the file has a column for.
-- Nested loops are off because the planner cannot know how long the file is. So none of these functions
-- joins with a function per row: that would be a nested loop of a cost that starts the JIT compiler.
create function private.match_import(p_user uuid, p_rows private.import_row[], p_fields text[])
  returns setof private.import_match
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
  set enable_nestloop = off
as $$
declare
  v_known private.import_match[] := array(
    select m from private.match_by_id(p_user, p_rows, p_fields) m);
  v_named private.import_match[] := array(
    select m from private.match_by_external_id(p_user, private.other_rows(p_rows, v_known)) m);
  v_likely private.import_match[];
begin
  v_known := v_known || array(select m from unnest(v_named) m where m.matched_by is not null);
  v_known := v_known || array(
    select m
      from private.match_by_fingerprint(
             p_user, private.other_rows(p_rows, v_known),
             array(select f.fingerprint || ' ' || m.transaction_id
                     from unnest(v_known) m join unnest(p_rows) f on f.line = m.line)) m);
  v_likely := array(
    select m from unnest(v_named) m
     where m.reason is not null
       and not exists (select from unnest(v_known) k where k.line = m.line)
       and not exists (select from unnest(v_known) k where k.transaction_id = m.transaction_id));
  v_likely := v_likely || array(
    select m
      from private.match_likely(
             p_user, private.other_rows(p_rows, v_known || v_likely),
             array(select distinct m.transaction_id from unnest(v_known || v_likely) m)) m);
  return query select m.* from unnest(v_known || v_likely) m order by m.line;
end
$$;

-- What becomes of each row: `created`, `duplicate`, `deleted` (known, and deleted by somebody), `skipped`,
-- or `ask`. The options are `duplicates`, `likely_duplicates`, and `skip` and `create` with lines.
create type private.import_decision as (line integer, outcome text);
create function private.decide_import(
    p_rows private.import_row[], p_matches private.import_match[], p_options jsonb)
  returns setof private.import_decision
  language sql stable
  set search_path = pg_catalog, pg_temp
  set enable_nestloop = off
as $$
  select f.line,
         case when c.choice = 'create' then 'created'
              when m.matched_by = 'fingerprint' and p_options ->> 'duplicates' = 'create'
                   and c.choice is null then 'created'
              when m.matched_by is not null then case when m.deleted then 'deleted' else 'duplicate' end
              when c.choice = 'skip' then 'skipped'
              when m.reason is null or p_options ->> 'likely_duplicates' = 'create' then 'created'
              when p_options ->> 'likely_duplicates' = 'skip' then 'skipped'
              else 'ask' end
    from unnest(p_rows) f
    left join unnest(p_matches) m on m.line = f.line
    left join (select l::integer line, 'skip' choice
                 from jsonb_array_elements_text(p_options -> 'skip') l
                union all
               select l::integer, 'create' from jsonb_array_elements_text(p_options -> 'create') l) c
      on c.line = f.line
$$;
