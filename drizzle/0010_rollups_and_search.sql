-- Roll-ups and search: reads that cost the same however many records there are.

-- Keeping the roll-ups ---------------------------------------------------------------------------

-- How much a write adds to one day, currency, type and category; less than nothing where it takes.
create type book.rollup_change as (
  user_id uuid, date date, currency text, type book.transaction_type, category text,
  amount numeric, count bigint
);
--> statement-breakpoint
-- Under which id the records of a user are summed up with those of others: one of eight, so that not
-- all who write wait for one row. By the last digits, which are random in all ids that are made here.
create function book.whole_book(p_user uuid) returns uuid
  language sql immutable parallel safe
  return ('00000000-0000-0000-0000-00000000000' || (get_byte(uuid_send(p_user), 15) & 7))::uuid;
--> statement-breakpoint
-- Whoever adds to sums that others add to as well waits for them, in one order.
create function book.lock_whole_book(p_users uuid[]) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_advisory_xact_lock(hashtext('edgebook: whole book'), w.part)
    from (select distinct get_byte(uuid_send(u), 15) & 7 part from unnest(p_users) u
           order by part) w;
end
$$;
--> statement-breakpoint
-- Adds changes to the rows that they belong to, and removes rows that nothing is left of. Writers of
-- one book wait for each other, in the order of books: the audit has the same lock before this does,
-- for its triggers come first by name. Without hash joins and scans because the planner may think
-- that the table is still as small as when it looked last.
create function book.add_to_rollups(p_changes book.rollup_change[]) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set enable_hashjoin = off
  set enable_mergejoin = off
  set enable_seqscan = off
as $$
declare
  v_users uuid[] := array(select distinct c.user_id from unnest(p_changes) c);
begin
  if cardinality(p_changes) = 0 then
    return;
  end if;
  perform from book.audit_heads h where h.book_id = any (v_users) order by h.book_id for update;
  perform book.lock_whole_book(v_users);
  merge into book.rollups r
  using (
    select w.user_id, g.grain, g.starts_on, c.currency, c.type, g.category,
           sum(c.amount) amount, sum(c.count)::bigint count
      from unnest(p_changes) c
     cross join lateral (values (c.user_id), (book.whole_book(c.user_id))) w (user_id)
     cross join lateral (values
       ('day'::book.rollup_grain, c.date, ''),
       ('month', date_trunc('month', c.date::timestamp)::date, ''),
       ('category', date_trunc('month', c.date::timestamp)::date, c.category)
     ) g (grain, starts_on, category)
     group by w.user_id, g.grain, g.starts_on, c.currency, c.type, g.category
    having sum(c.amount) <> 0 or sum(c.count) <> 0
  ) c
  on r.user_id = c.user_id and r.grain = c.grain and r.starts_on = c.starts_on
     and r.currency = c.currency and r.type = c.type and r.category = c.category
  when matched and r.count + c.count = 0 then delete
  when matched then update set amount = r.amount + c.amount, count = r.count + c.count
  when not matched then
    insert (user_id, grain, starts_on, currency, type, category, amount, count)
    values (c.user_id, c.grain, c.starts_on, c.currency, c.type, c.category, c.amount, c.count);
end
$$;
--> statement-breakpoint
create function book.roll_up_transactions() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_changes book.rollup_change[];
begin
  if tg_op = 'INSERT' then
    v_changes := array(
      select row(n.user_id, n.date, n.currency, n.type, n.category, sum(n.amount_minor), count(*))
        from new_rows n
       where n.deleted_at is null
       group by n.user_id, n.date, n.currency, n.type, n.category);
  elsif tg_op = 'DELETE' then
    v_changes := array(
      select row(o.user_id, o.date, o.currency, o.type, o.category, -sum(o.amount_minor), -count(*))
        from old_rows o
       where o.deleted_at is null
       group by o.user_id, o.date, o.currency, o.type, o.category);
  else
    v_changes := array(
      select row(c.user_id, c.date, c.currency, c.type, c.category,
                 sum(c.sign * c.amount_minor), sum(c.sign))
        from (select n.user_id, n.date, n.currency, n.type, n.category, n.amount_minor, 1 sign
                from new_rows n where n.deleted_at is null
              union all
              select o.user_id, o.date, o.currency, o.type, o.category, o.amount_minor, -1
                from old_rows o where o.deleted_at is null) c
       group by c.user_id, c.date, c.currency, c.type, c.category
      having sum(c.sign * c.amount_minor) <> 0 or sum(c.sign) <> 0);
  end if;
  perform book.add_to_rollups(v_changes);
  return null;
end
$$;
--> statement-breakpoint
create trigger roll_up_inserts after insert on book.transactions
  referencing new table as new_rows
  for each statement execute function book.roll_up_transactions();
--> statement-breakpoint
create trigger roll_up_updates after update on book.transactions
  referencing old table as old_rows new table as new_rows
  for each statement execute function book.roll_up_transactions();
--> statement-breakpoint
create trigger roll_up_deletes after delete on book.transactions
  referencing old table as old_rows
  for each statement execute function book.roll_up_transactions();
--> statement-breakpoint
create function book.clear_rollups() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  delete from book.rollups;
  return null;
end
$$;
--> statement-breakpoint
create trigger roll_up_truncate after truncate on book.transactions
  for each statement execute function book.clear_rollups();
--> statement-breakpoint
-- Rows change in place while a month goes on, so pages keep room for the next version.
alter table book.rollups set (fillfactor = 80);
--> statement-breakpoint

-- Comparing and rebuilding -----------------------------------------------------------------------

-- What the roll-ups of users have to be, from the rows: by day first, so that few are added up thrice.
create view book.expected_rollups as
  select d.user_id, g.grain, g.starts_on, d.currency, d.type, g.category,
         sum(d.amount)::numeric(38, 0) amount, sum(d.count)::bigint count
    from (select t.user_id, t.date, t.currency, t.type, t.category,
                 sum(t.amount_minor) amount, count(*) count
            from book.transactions t
           where t.deleted_at is null
           group by t.user_id, t.date, t.currency, t.type, t.category) d
   cross join lateral (values
     ('day'::book.rollup_grain, d.date, ''),
     ('month', date_trunc('month', d.date::timestamp)::date, ''),
     ('category', date_trunc('month', d.date::timestamp)::date, d.category)
   ) g (grain, starts_on, category)
   group by d.user_id, g.grain, g.starts_on, d.currency, d.type, g.category;
--> statement-breakpoint
-- Where roll-ups and rows differ: of one user, or of all and of the whole book, which has no user.
-- None where all is well.
create function app.check_rollups(p_user uuid)
  returns table (user_id uuid, grain book.rollup_grain, starts_on date, currency text,
                 type book.transaction_type, category text, expected_amount numeric,
                 expected_count bigint, kept_amount numeric, kept_count bigint)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with bounds as (
    -- As a range, so that one plan serves one user by the index and all of them by a scan.
    select coalesce(p_user, '00000000-0000-0000-0000-000000000000') first,
           coalesce(p_user, 'ffffffff-ffff-ffff-ffff-ffffffffffff') last
  ), of_users as materialized (
    select e.* from book.expected_rollups e
     where e.user_id between (select first from bounds) and (select last from bounds)
  ), expected as (
    select o.* from of_users o
    union all
    select book.whole_book(o.user_id), o.grain, o.starts_on, o.currency, o.type, o.category,
           sum(o.amount), sum(o.count)::bigint
      from of_users o
     where p_user is null
     group by 1, 2, 3, 4, 5, 6
  ), kept as (
    select r.* from book.rollups r
     where r.user_id between (select first from bounds) and (select last from bounds)
  )
  select case when user_id > '00000000-0000-0000-0000-000000000007' then user_id end,
         grain, starts_on, currency, type, category, coalesce(e.amount, 0), coalesce(e.count, 0), coalesce(k.amount, 0), coalesce(k.count, 0)
    from expected e full join kept k
      using (user_id, grain, starts_on, currency, type, category)
   where (e.amount, e.count) is distinct from (k.amount, k.count)
   order by user_id, grain, starts_on, currency, type, category
$$;
--> statement-breakpoint
-- Sums up the roll-ups of users into those of the whole book, of which there are none yet.
create function book.sum_whole_book(p_parts uuid[]) returns void
  language sql
  set search_path = pg_catalog, pg_temp
as $$
  insert into book.rollups (user_id, grain, starts_on, currency, type, category, amount, count)
    select book.whole_book(r.user_id), r.grain, r.starts_on, r.currency, r.type, r.category,
           sum(r.amount), sum(r.count)
      from book.rollups r
     where book.whole_book(r.user_id) = any (p_parts) and r.user_id <> all (p_parts)
       and r.user_id > '00000000-0000-0000-0000-000000000007'
     group by 1, 2, 3, 4, 5, 6
$$;
--> statement-breakpoint
-- Builds all roll-ups anew, while no one writes. For the owner of the database. Returns how many.
create function app.recompute_rollups() returns bigint
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  lock table book.transactions in share row exclusive mode;
  delete from book.rollups;
  insert into book.rollups (user_id, grain, starts_on, currency, type, category, amount, count)
    select user_id, grain, starts_on, currency, type, category, amount, count
      from book.expected_rollups;
  perform book.sum_whole_book(array(
    select ('00000000-0000-0000-0000-00000000000' || part)::uuid from generate_series(0, 7) part));
  return (select count(*) from book.rollups);
end
$$;
--> statement-breakpoint
-- The same for one user and the part of the whole book that the user is in, while others go on.
create function app.recompute_rollups(p_user uuid) returns bigint
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_part uuid := book.whole_book(p_user);
begin
  perform from book.audit_heads h where h.book_id = p_user for update;
  perform book.lock_whole_book(array[p_user]);
  delete from book.rollups r where r.user_id in (p_user, v_part);
  insert into book.rollups (user_id, grain, starts_on, currency, type, category, amount, count)
    select user_id, grain, starts_on, currency, type, category, amount, count
      from book.expected_rollups where user_id = p_user;
  perform book.sum_whole_book(array[v_part]);
  return (select count(*) from book.rollups r where r.user_id = p_user);
end
$$;
--> statement-breakpoint
select app.recompute_rollups();
--> statement-breakpoint

-- Who sees them ----------------------------------------------------------------------------------

create view app.own_rollups as
  select user_id, grain, starts_on, currency, type, category, amount, count
    from book.rollups
   where user_id = (select app.user_id());
--> statement-breakpoint
create view app.all_rollups as
  select user_id, grain, starts_on, currency, type, category, amount, count
    from book.rollups
   where user_id > '00000000-0000-0000-0000-000000000007';
--> statement-breakpoint
-- What everybody's add up to, in eight parts.
create view app.whole_rollups as
  select user_id, grain, starts_on, currency, type, category, amount, count
    from book.rollups
   where user_id in (
     '00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000001',
     '00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-000000000003',
     '00000000-0000-0000-0000-000000000004', '00000000-0000-0000-0000-000000000005',
     '00000000-0000-0000-0000-000000000006', '00000000-0000-0000-0000-000000000007');
--> statement-breakpoint
-- Behind the wall, for anything that is granted the table by mistake.
create policy own_rollups on book.rollups for select using (user_id = (select app.user_id()));
--> statement-breakpoint
-- Bulk writes lock what they will wait for before the first of their statements, in one order.
create or replace function app.lock_books(p_users uuid[]) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform from book.audit_heads h where h.book_id = any (p_users) order by h.book_id for update;
  perform book.lock_whole_book(p_users);
end
$$;
--> statement-breakpoint
-- The totals of a dry run, from the roll-ups.
create or replace function app.book_totals(p_user uuid, p_transaction uuid)
  returns table (currency text, income numeric, expenses numeric, count bigint)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select r.currency,
         coalesce(sum(r.amount) filter (where r.type = 'income'), 0),
         coalesce(sum(r.amount) filter (where r.type = 'expense'), 0),
         sum(r.count)::bigint
    from book.rollups r
   where r.grain = 'month'
     and r.user_id = coalesce(
           p_user, (select o.user_id from book.transactions o where o.id = p_transaction))
     and (r.user_id = app.user_id() or current_setting('role') = 'app_admin')
   group by r.currency
   order by r.currency
$$;
--> statement-breakpoint

-- Search -----------------------------------------------------------------------------------------

create extension if not exists pg_trgm;
--> statement-breakpoint
create extension if not exists btree_gin;
--> statement-breakpoint
-- What is searched: no text that is looked for has a line break, so none goes over the border.
create function app.search_text(category text, notes text) returns text
  language sql immutable parallel safe
  return lower(category || E'\n' || coalesce(notes, ''));
--> statement-breakpoint
-- Every two characters that stand side by side; the one of a text that has only one.
create function app.letter_pairs(letters text) returns text[]
  language sql immutable strict parallel safe
begin atomic
  select case
    when length(letters) = 1 then array[letters]
    else array(
      select pair.one || pair.next
        from unnest(string_to_array(letters, null), (string_to_array(letters, null))[2:])
             pair (one, next)
       where pair.next is not null)
    end;
end;
--> statement-breakpoint
-- Pairs and single characters: trigrams know three letters or digits of ASCII in a row and nothing
-- else, and people look for "Q2", "é" and "100%" too.
create function app.search_letters(letters text) returns text[]
  language sql immutable strict parallel safe
  return app.letter_pairs(letters) || string_to_array(letters, null);
--> statement-breakpoint
-- With the user in it, so that a word that everybody uses costs nobody more than what is found. What
-- was added last is read one by one until it is this much (in kB).
create index transactions_search on book.transactions using gin (
    user_id,
    app.search_text(category, notes) gin_trgm_ops,
    app.search_letters(app.search_text(category, notes)))
  with (fastupdate = on, gin_pending_list_limit = 2048);
--> statement-breakpoint

-- Grants -----------------------------------------------------------------------------------------

revoke all on function
    book.add_to_rollups(book.rollup_change[]), book.roll_up_transactions(), book.clear_rollups(),
    book.whole_book(uuid), book.lock_whole_book(uuid[]), book.sum_whole_book(uuid[]),
    app.check_rollups(uuid), app.recompute_rollups(), app.recompute_rollups(uuid),
    app.search_text(text, text), app.letter_pairs(text), app.search_letters(text)
  from public;
--> statement-breakpoint
grant select on app.own_rollups to app_viewer, app_analyst, app_admin;
--> statement-breakpoint
grant select on app.all_rollups, app.whole_rollups to app_admin;
--> statement-breakpoint
-- Whoever writes a row needs what its indexes are made of.
grant execute on function
    app.search_text(text, text), app.letter_pairs(text), app.search_letters(text)
  to app, app_viewer, app_analyst, app_admin;
--> statement-breakpoint
grant execute on function app.check_rollups(uuid) to app_admin;
