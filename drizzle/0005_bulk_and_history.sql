-- Records carry the name that they have where they come from, and the import that brought them in.

create or replace view app.own_transactions as
  select id, user_id, type, amount_minor, amount_scaled, currency, category, date, notes, version,
         created_by, created_at, updated_at, deleted_at, external_id, source, import_id
    from book.transactions
   where user_id = (select app.user_id()) and deleted_at is null
  with cascaded check option;
--> statement-breakpoint
create or replace view app.all_transactions as
  select id, user_id, type, amount_minor, amount_scaled, currency, category, date, notes, version,
         created_by, created_at, updated_at, deleted_at, external_id, source, import_id
    from book.transactions;
--> statement-breakpoint
grant insert (external_id, source, import_id) on app.own_transactions to app_analyst;
--> statement-breakpoint
grant insert (external_id, source, import_id) on app.all_transactions to app_admin;
--> statement-breakpoint
grant update (external_id, source) on app.all_transactions to app_admin;
--> statement-breakpoint
create or replace function book.before_transaction_update() returns trigger
  language plpgsql
as $$
begin
  if (new.type, new.amount_minor, new.currency, new.category, new.date, new.notes, new.deleted_at,
      new.external_id, new.source)
     is distinct from
     (old.type, old.amount_minor, old.currency, old.category, old.date, old.notes, old.deleted_at,
      old.external_id, old.source)
  then
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  return new;
end
$$;
--> statement-breakpoint

-- History ----------------------------------------------------------------------------------------

-- The log is read newest first, whole or by one of these.
create index audit_log_book on book.audit_log (book_id, id);
--> statement-breakpoint
create index audit_log_actor on book.audit_log (actor_id, id);
--> statement-breakpoint
create index audit_log_request on book.audit_log (request_id);
--> statement-breakpoint
create index audit_log_at on book.audit_log (at);
--> statement-breakpoint
-- Follows every chain, or one. A row for each fault; none where all is well. What was cut off at the
-- end shows against the head; a chain that was forged along with its head shows only against a hash
-- that was kept elsewhere. This one also finds a chain whose head is gone.
create or replace function app.verify_audit(p_book uuid)
  returns table (book_id uuid, seq bigint, fault text)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with links as (
    select l.book_id, l.seq, l.hash, l.previous_hash, l.id, l.action,
           lag(l.id, 1, 0::bigint) over chain before_id,
           lag(l.seq, 1, 0::bigint) over chain before_seq,
           lag(l.hash, 1, '') over chain before_hash,
           book.audit_hash(l) recomputed
      from book.audit_log l
     where p_book is null or l.book_id = p_book
    window chain as (partition by l.book_id order by l.seq)
  ), ends as (
    select distinct on (l.book_id) l.book_id, l.seq, l.hash
      from links l
     order by l.book_id, l.seq desc
  ), heads as (
    select h.book_id, h.seq, h.hash
      from book.audit_heads h
     where p_book is null or h.book_id = p_book
  )
  select l.book_id, l.seq, 'altered' from links l where l.hash <> l.recomputed
  union all
  select l.book_id, l.before_seq + 1, 'removed' from links l where l.seq <> l.before_seq + 1
  union all
  select l.book_id, l.seq, 'unlinked' from links l
   where l.seq = l.before_seq + 1 and l.previous_hash <> l.before_hash
  union all
  select l.book_id, l.seq, 'reordered' from links l where l.id <= l.before_id
  union all
  -- A chain begins with its user, and every user has one.
  select l.book_id, l.seq, 'removed' from links l
   where l.seq = 1 and l.action not in ('user.created', 'user.recorded')
  union all
  select u.id, 1::bigint, 'removed' from book.users u
   where (p_book is null or u.id = p_book)
     and not exists (select from links l where l.book_id = u.id)
     and not exists (select from heads h where h.book_id = u.id)
  union all
  select h.book_id, coalesce(e.seq, 0) + 1, 'removed'
    from heads h left join ends e on e.book_id = h.book_id
   where coalesce(e.seq, 0) < h.seq
  union all
  select e.book_id, e.seq, 'head differs'
    from ends e left join heads h on h.book_id = e.book_id
   where h.seq is null or e.seq > h.seq or (e.seq = h.seq and e.hash <> h.hash)
   order by 1, 2, 3
$$;
--> statement-breakpoint

-- Bulk writes ------------------------------------------------------------------------------------

-- Locks the ends of chains in the order of books, so that two bulk writes of several books cannot
-- wait for each other: their statements would take them in an order of their own.
create function app.lock_books(p_users uuid[]) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select from book.audit_heads h where h.book_id = any (p_users) order by h.book_id for update
$$;
--> statement-breakpoint
-- Does operations on distinct transactions with one statement of each kind, so that triggers run once
-- for all rows, and returns the rows by id. The first fault raises. It runs with the rights of the
-- caller, so the wall and the grants hold as they do for single writes.
create function app.apply_operations(p_operations jsonb, p_everybodys boolean) returns jsonb
  language plpgsql
as $$
#variable_conflict use_column
declare
  v_created jsonb;
  v_changed jsonb;
  v_deleted jsonb;
  v_new jsonb := jsonb_path_query_array(p_operations, '$[*] ? (@.op == "create").data');
  -- Beside each join: nobody knows how many rows JSON has, and the planner would read the table.
  v_ids uuid[] := array(select o.id from jsonb_to_recordset(p_operations) o (op text, id uuid)
                         where o.op <> 'create');
begin
  if v_new <> '[]' and p_everybodys then
    with written as (
      insert into app.all_transactions as t
        (id, user_id, type, amount_minor, currency, category, date, notes, external_id, source)
      select n.id, n.user_id, n.type, n.amount_minor, n.currency, n.category, n.date, n.notes,
             n.external_id, n.source
        from jsonb_populate_recordset(null::app.all_transactions, v_new) n
      returning t.id, to_jsonb(t) - 'amount_scaled' kept
    )
    select jsonb_object_agg(w.id, w.kept) into v_created from written w;
  elsif v_new <> '[]' then
    with written as (
      insert into app.own_transactions as t
        (id, user_id, type, amount_minor, currency, category, date, notes, external_id, source)
      select n.id, n.user_id, n.type, n.amount_minor, n.currency, n.category, n.date, n.notes,
             n.external_id, n.source
        from jsonb_populate_recordset(null::app.own_transactions, v_new) n
      returning t.id, to_jsonb(t) - 'amount_scaled' kept
    )
    select jsonb_object_agg(w.id, w.kept) into v_created from written w;
  end if;
  if v_ids <> '{}' then
    perform app.check_operations(p_operations, v_ids);
    with written as (
      update app.all_transactions t
         set (type, amount_minor, currency, category, date, notes, external_id, source) =
             (select n.type, app.minor_amount(n.amount_scaled, n.currency), n.currency, n.category,
                     n.date, n.notes, n.external_id, n.source
                from jsonb_populate_record(t, o.data) n)
        from jsonb_to_recordset(p_operations) o (op text, id uuid, data jsonb)
       where o.op = 'update' and t.id = o.id and t.id = any (v_ids)
      returning t.id, to_jsonb(t) - 'amount_scaled' kept
    )
    select jsonb_object_agg(w.id, w.kept) into v_changed from written w;
    with written as (
      update app.all_transactions t set deleted_at = now()
        from jsonb_to_recordset(p_operations) o (op text, id uuid)
       where o.op = 'delete' and t.id = o.id and t.id = any (v_ids)
      returning t.id, to_jsonb(t) - 'amount_scaled' kept
    )
    select jsonb_object_agg(w.id, w.kept) into v_deleted from written w;
  end if;
  return coalesce(v_created, '{}') || coalesce(v_changed, '{}') || coalesce(v_deleted, '{}');
end
$$;
--> statement-breakpoint
-- Raises EB404 and EB412 as app.expect_version does. The rows are locked, so what is seen stays.
create function app.check_operations(p_operations jsonb, p_ids uuid[]) returns void
  language plpgsql
as $$
begin
  if (select count(*) from app.all_transactions t
       where t.id = any (p_ids) and t.deleted_at is null) < cardinality(p_ids) then
    raise exception 'there is no such transaction' using errcode = 'EB404';
  elsif exists (
    select from app.all_transactions t
      join jsonb_to_recordset(p_operations) o (op text, id uuid, version integer) on t.id = o.id
     where t.id = any (p_ids) and o.op <> 'create' and t.version <> o.version
  ) then
    raise exception 'the transaction has another version' using errcode = 'EB412';
  end if;
end
$$;
--> statement-breakpoint
-- Whether an error is about what one operation asks for. Any other ends the whole: conflicts that are
-- tried again, timeouts, lack of resources, and whatever nobody thought of.
create function app.is_fault_of_operation(p_state text) returns boolean
  language sql immutable
  return p_state in ('EB006', 'EB404', 'EB412', '22003', '23503', '23505', '23514', '42501', '44000');
--> statement-breakpoint
-- Does operations all at once. Where that fails, one by one, to find out which it was: each stands
-- then between savepoints of its own. Whole or not at all with p_atomic: EB207 carries the faults.
-- What is marked as refused was found wrong by the API and is passed through to its place.
create function app.bulk_transactions(
    p_operations jsonb, p_atomic boolean, p_everybodys boolean) returns jsonb
  language plpgsql
as $$
declare
  v_work jsonb := jsonb_path_query_array(p_operations, '$[*] ? (@.op != "refused")');
  v_ids uuid[] := array(select (o ->> 'id')::uuid from jsonb_array_elements(v_work) o
                         where o ->> 'op' <> 'create');
  v_books uuid[] := array(select (o #>> '{data,user_id}')::uuid from jsonb_array_elements(v_work) o
                           where o ->> 'op' = 'create');
  v_rows jsonb;
  v_operation jsonb;
  v_results jsonb[] := '{}';
  v_constraint text;
  v_failed boolean := false;
begin
  if v_ids <> '{}' then
    perform from app.all_transactions t where t.id = any (v_ids) order by t.id for no key update;
    v_books := v_books || array(select t.user_id from app.all_transactions t
                                 where t.id = any (v_ids));
  end if;
  perform app.lock_books(v_books);
  begin
    v_rows := app.apply_operations(v_work, p_everybodys);
  exception when others then
    if not app.is_fault_of_operation(sqlstate) then
      raise;
    end if;
  end;
  for v_operation in select o from jsonb_array_elements(p_operations) o loop
    if v_operation ->> 'op' = 'refused' then
      v_results := array_append(v_results, v_operation);
    elsif v_rows is not null then
      v_results := array_append(
        v_results, jsonb_build_object('op', v_operation -> 'op',
                                      'row', v_rows -> (v_operation ->> 'id')));
    else
      begin
        v_results := array_append(v_results, jsonb_build_object('op', v_operation -> 'op', 'row',
          app.apply_operations(jsonb_build_array(v_operation), p_everybodys)
            -> (v_operation ->> 'id')));
      exception when others then
        if not app.is_fault_of_operation(sqlstate) then
          raise;
        end if;
        get stacked diagnostics v_constraint = constraint_name;
        v_failed := true;
        v_results := array_append(
          v_results, jsonb_build_object('op', v_operation -> 'op', 'state', sqlstate,
                                        'constraint', v_constraint));
      end;
    end if;
  end loop;
  if v_failed and p_atomic then
    raise exception 'operations failed' using errcode = 'EB207',
      detail = (select jsonb_agg(jsonb_build_object('index', n - 1, 'fault', r))
                  from unnest(v_results) with ordinality u (r, n) where r ? 'state');
  end if;
  perform set_config('app.bulk_results', to_jsonb(v_results)::text, true);
  return to_jsonb(v_results);
end
$$;
--> statement-breakpoint
-- Keeps what was answered to a bulk write.
create function app.keep_bulk(p_key text, p_outcome text) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  update book.idempotency_keys k
     set outcome = p_outcome,
         result = jsonb_build_object('entity', 'bulk',
                    'row', nullif(current_setting('app.bulk_results', true), '')::jsonb)
   where k.user_id = app.user_id() and k.key = p_key
$$;
--> statement-breakpoint
revoke all on function
    app.lock_books(uuid[]), app.apply_operations(jsonb, boolean), app.check_operations(jsonb, uuid[]),
    app.is_fault_of_operation(text), app.bulk_transactions(jsonb, boolean, boolean),
    app.keep_bulk(text, text)
  from public;
--> statement-breakpoint
grant execute on function
    app.lock_books(uuid[]), app.apply_operations(jsonb, boolean), app.check_operations(jsonb, uuid[]),
    app.is_fault_of_operation(text), app.bulk_transactions(jsonb, boolean, boolean),
    app.keep_bulk(text, text)
  to app_analyst, app_admin;
--> statement-breakpoint

-- Maintenance ------------------------------------------------------------------------------------
-- For the cron trigger, in batches: each returns how many rows it removed. A clock or a setting that
-- is wrong removes nothing of the last day.

create function app.purge_transactions(p_older_than interval, p_limit integer) returns bigint
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_count bigint;
begin
  if p_older_than is null or p_older_than < interval '1 day' then
    raise exception 'nothing of the last day is purged' using errcode = '22023';
  end if;
  with old as (
    select t.id from book.transactions t
     where t.deleted_at < now() - p_older_than
     order by t.id
     limit p_limit for update skip locked
  ), gone as (
    delete from book.transactions t using old where t.id = old.id returning 1
  )
  select count(*) into v_count from gone;
  return v_count;
end
$$;
--> statement-breakpoint
-- Sessions that ended so long ago, with their refresh tokens, and tokens that expired so long ago of
-- sessions that go on. That a session began and ended stays in the audit log.
create function app.prune_sessions(p_older_than interval, p_limit integer) returns bigint
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_sessions bigint;
  v_tokens bigint;
begin
  if p_older_than is null or p_older_than < interval '1 day' then
    raise exception 'nothing of the last day is pruned' using errcode = '22023';
  end if;
  with old as (
    select s.id from book.sessions s
     where least(s.revoked_at, s.expires_at) < now() - p_older_than
     limit p_limit for update skip locked
  ), gone as (
    delete from book.sessions s using old where s.id = old.id returning 1
  )
  select count(*) into v_sessions from gone;
  with old as (
    select t.token_hash from book.refresh_tokens t
     where t.expires_at < now() - p_older_than
     limit p_limit for update skip locked
  ), gone as (
    delete from book.refresh_tokens t using old where t.token_hash = old.token_hash returning 1
  )
  select count(*) into v_tokens from gone;
  return v_sessions + v_tokens;
end
$$;
--> statement-breakpoint
revoke all on function
    app.purge_transactions(interval, integer), app.prune_sessions(interval, integer) from public;
--> statement-breakpoint
grant execute on function
    app.purge_transactions(interval, integer), app.prune_sessions(interval, integer) to app;
--> statement-breakpoint
-- The totals of a dry run, as before; but of no other book than one's own, unless for an admin.
create or replace function app.book_totals(p_user uuid, p_transaction uuid)
  returns table (currency text, income numeric, expenses numeric, count bigint)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select t.currency,
         coalesce(sum(t.amount_minor) filter (where t.type = 'income'), 0),
         coalesce(sum(t.amount_minor) filter (where t.type = 'expense'), 0),
         count(*)
    from book.transactions t
   where t.deleted_at is null
     and t.user_id = coalesce(
           p_user, (select o.user_id from book.transactions o where o.id = p_transaction))
     and (t.user_id = app.user_id() or current_setting('role') = 'app_admin')
   group by t.currency
   order by t.currency
$$;
