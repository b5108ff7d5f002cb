-- Pairing: rows of a file with transactions that they may be, one to one.
--
-- Promises: it takes time that grows with the rows and not with their square, however many are alike:
-- those that are alike are one bucket, and buckets are paired. A row whose account is unknown fits any,
-- and two accounts that are named must be equal.
-- Called by: the functions of import-matching.sql.
-- Raises: nothing of its own.

-- A row and a transaction fit where they have a key in common, and they never have two.
create function private.row_keys(p_account text) returns text[]
  language sql immutable
  return case when p_account is null then '{*}'::text[] else array['=' || p_account, '~'] end;
create function private.known_keys(p_account text) returns text[]
  language sql immutable
  return case when p_account is null then '{~,*}'::text[] else array['=' || p_account, '*'] end;

-- Two buckets, by number from 1, and how many are in each.
create type private.bucket_pair as (
  row_bucket integer, known_bucket integer, row_count integer, known_count integer
);

-- Pairs what the buckets contain, the best pair of buckets first. Each result is the number of a row
-- and of a transaction in its bucket.
create function private.pair_buckets(p_pairs private.bucket_pair[])
  returns table (row_bucket integer, row_number integer, known_bucket integer, known_number integer)
  language plpgsql immutable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
  v_pair private.bucket_pair;
  v_used_rows integer[] := array_fill(0, array[coalesce(
    (select max((p).row_bucket) from unnest(p_pairs) p), 0)]);
  v_used_known integer[] := array_fill(0, array[coalesce(
    (select max((p).known_bucket) from unnest(p_pairs) p), 0)]);
begin
  foreach v_pair in array coalesce(p_pairs, '{}') loop
    row_bucket := v_pair.row_bucket;
    known_bucket := v_pair.known_bucket;
    row_number := v_used_rows[row_bucket];
    known_number := v_used_known[known_bucket];
    while row_number < v_pair.row_count and known_number < v_pair.known_count loop
      row_number := row_number + 1;
      known_number := known_number + 1;
      return next;
    end loop;
    v_used_rows[row_bucket] := row_number;
    v_used_known[known_bucket] := known_number;
  end loop;
end
$$;
