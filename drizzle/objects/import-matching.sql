-- Matching: which rows of a file the user already has.
--
-- Promises: see match_import. It reads only, in time that grows with the file and with what the user has
-- on its dates, and not with the table.
-- Called by: the functions of imports.sql.
-- Raises: nothing of its own.

-- A row of a file as matching needs it. `id` is that of the transaction that it would become, `known_id`
-- the one that a file exported from here has.
create type private.import_row as (
  id uuid, line integer, known_id uuid, type data.transaction_type, amount_minor bigint,
  currency text, category text, date date, payee text, notes text, external_id text, source text,
  account text, fingerprint text
);

-- The transaction that a row is (`matched_by`) or resembles (`reason`).
create type private.import_match as (
  line integer, matched_by text, reason text, transaction_id uuid, version integer, deleted boolean,
  date date, differs text[]
);

-- What matching needs of a transaction, which may be purged. Its account is the one that a file named:
-- what somebody changes in its source later does not count.
create type private.known_transaction as (
  id uuid, version integer, deleted boolean, date date, remembered boolean, account text,
  has_name boolean
);

create function private.known_transactions(p_user uuid, p_ids uuid[])
  returns setof private.known_transaction
  language sql stable
  set search_path = pg_catalog, pg_temp
as $$
  select k.id, t.version, t.id is null or t.deleted_at is not null, t.date, r.id is not null,
         case when r.id is null then t.source else r.account end,
         t.external_id is not null or coalesce(r.has_name, false)
    from (select distinct unnest(p_ids) id) k
    left join data.transactions t on t.id = k.id and t.id = any (p_ids) and t.user_id = p_user
    left join (select r.transaction_id id, min(r.account) account,
                      bool_or(r.external_id is not null) has_name
                 from data.import_rows r
                where r.transaction_id = any (p_ids) and r.user_id = p_user
                  and r.fingerprint is not null
                group by r.transaction_id) r on r.id = k.id
   where t.id is not null or r.id is not null
$$;

-- The rows that none of the matches is about.
create function private.other_rows(p_rows private.import_row[], p_matches private.import_match[])
  returns private.import_row[]
  language sql stable
  set search_path = pg_catalog, pg_temp
as $$
  select array(select f from unnest(p_rows) f
                where not exists (select from unnest(p_matches) m where m.line = f.line))
$$;

-- By the id of an export. A transaction that somebody deleted is known, also when it was purged, but not
-- one that went with its import. `differs` compares the fields that the file has.
create function private.match_by_id(p_user uuid, p_rows private.import_row[], p_fields text[])
  returns setof private.import_match
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_ids uuid[] := array(select distinct f.known_id from unnest(p_rows) f
                         where f.known_id is not null);
begin
  if v_ids = '{}' then
    return;
  end if;
  return query
  select f.line, 'id', null::text, f.known_id, t.version, t.id is null or t.deleted_at is not null,
         t.date,
         case when t.deleted_at is null
                   and (t.date, t.type, t.amount_minor, t.currency::text, t.category, t.payee, t.notes,
                        t.external_id, t.source)
                       is distinct from (f.date, f.type, f.amount_minor, f.currency, f.category, f.payee,
                                         f.notes, f.external_id, f.source)
              then array(select n from unnest(p_fields) n
                          where to_jsonb(t) -> replace(n, 'amount', 'amount_minor')
                                is distinct from to_jsonb(f) -> replace(n, 'amount', 'amount_minor'))
              else '{}' end
    from unnest(p_rows) f
    left join data.transactions t
      on t.id = f.known_id and t.id = any (v_ids) and t.user_id = p_user
    left join data.imports i on i.id = t.import_id
    left join (select distinct r.transaction_id id from data.import_rows r
                where r.transaction_id = any (v_ids) and r.user_id = p_user) r on r.id = f.known_id
   where f.known_id is not null
     and case when t.id is null then r.id is not null
              else t.deleted_at is null or i.reverted_at is null end;
end
$$;

-- By external id, which counts per account. With another date or amount it is a likely duplicate.
create function private.match_by_external_id(p_user uuid, p_rows private.import_row[])
  returns setof private.import_match
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_names text[] := array(select distinct f.external_id from unnest(p_rows) f
                           where f.external_id is not null);
begin
  if v_names = '{}' then
    return;
  end if;
  return query
  with names as materialized (
    select r.transaction_id id, r.external_id, r.date, r.currency::text currency, r.amount_minor
      from data.import_rows r
     where r.user_id = p_user and r.external_id = any (v_names) and r.fingerprint is not null
       and r.transaction_id is not null
    union
    select t.id, t.external_id, t.date, t.currency::text,
           case t.type when 'expense' then -t.amount_minor else t.amount_minor end
      from data.transactions t
     where t.user_id = p_user and t.external_id = any (v_names)
  ), known as (
    select n.external_id name, n.date as on_date, n.currency, n.amount_minor, k.*,
           unnest(private.known_keys(k.account)) key
      from names n
      join private.known_transactions(p_user, array(select n.id from names n)) k on k.id = n.id
  ), file as (
    select f.line, f.external_id, f.date, f.currency, f.account,
           case f.type when 'expense' then -f.amount_minor else f.amount_minor end amount_minor,
           unnest(private.row_keys(f.account)) key
      from unnest(p_rows) f where f.external_id is not null
  ), found as (
    select distinct on (f.line) f.line, k.id, k.version, k.deleted, k.date, s.same
      from file f
      join known k on k.name = f.external_id and k.key = f.key
     cross join lateral (
       select (k.on_date, k.currency, k.amount_minor) = (f.date, f.currency, f.amount_minor) same) s
     order by f.line, s.same desc, k.account is distinct from f.account, k.deleted, k.id
  )
  select distinct on (o.id) o.line, case when o.same then 'external_id' end,
         case when not o.same then 'external_id_reused' end, o.id, o.version, o.deleted, o.date,
         null::text[]
    from found o
   order by o.id, o.same desc, o.line;
end
$$;

-- Transactions that are known by a fingerprint of the rows, with their place among equal ones.
create function private.places_of(p_user uuid, p_rows private.import_row[])
  returns table (fingerprint text, id uuid, place integer)
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan
as $$
declare
  v_fingerprints text[] := array(select distinct f.fingerprint from unnest(p_rows) f);
begin
  return query
    select r.fingerprint, r.transaction_id, min(r.place)
      from data.import_rows r
     where r.user_id = p_user and r.fingerprint = any (v_fingerprints)
       and r.transaction_id is not null
     group by r.fingerprint, r.transaction_id;
end
$$;

-- By fingerprint: equal rows are paired with what is known of them, in order. `p_used` has the pairs of
-- fingerprint and transaction that other rows were found by.
create function private.match_by_fingerprint(
    p_user uuid, p_rows private.import_row[], p_used text[])
  returns setof private.import_match
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  with places as materialized (
    select * from private.places_of(p_user, p_rows)
  ), known as materialized (
    select p.fingerprint, k.*, dense_rank() over (order by p.fingerprint, k.account)::integer bucket,
           row_number() over (partition by p.fingerprint, k.account order by p.place, p.id) number
      from places p
      join private.known_transactions(p_user, array(select p.id from places p)) k on k.id = p.id
     where not exists (select from unnest(p_used) u where u = p.fingerprint || ' ' || p.id)
  ), file as materialized (
    select f.line, f.fingerprint, f.account,
           dense_rank() over (order by f.fingerprint, f.account)::integer bucket,
           row_number() over (partition by f.fingerprint, f.account order by f.line) number
      from unnest(p_rows) f
  ), row_buckets as (
    select f.bucket, f.fingerprint, f.account, count(*)::integer count, min(f.line) line,
           unnest(private.row_keys(f.account)) key
      from file f group by f.bucket, f.fingerprint, f.account
  ), known_buckets as (
    select k.bucket, k.fingerprint, k.account, count(*)::integer count,
           unnest(private.known_keys(k.account)) key
      from known k group by k.bucket, k.fingerprint, k.account
  )
  select f.line, 'fingerprint', null::text, k.id, k.version, k.deleted, k.date, null::text[]
    from private.pair_buckets(array(
           select row(r.bucket, k.bucket, r.count, k.count)::private.bucket_pair
             from row_buckets r
             join known_buckets k on k.fingerprint = r.fingerprint and k.key = r.key
            order by r.account is distinct from k.account, r.line, k.bucket)) p
    join file f on f.bucket = p.row_bucket and f.number = p.row_number
    join known k on k.bucket = p.known_bucket and k.number = p.known_number;
end
$$;
