-- What a request says of itself, the audit log and its chain, preconditions and idempotency keys.

-- The request ------------------------------------------------------------------------------------

-- Where a change comes from, for the audit log; for the length of one transaction.
create function app.describe_request(p_request_id text, p_address text) returns void
  language plpgsql
as $$
begin
  perform set_config('app.request_id', left(p_request_id, 255), true),
          set_config('app.address', left(p_address, 100), true);
end
$$;
--> statement-breakpoint

-- Audit ------------------------------------------------------------------------------------------

-- The hash of a link: over the hash before it and everything that the entry says. jsonb is written
-- in one way only, and instants count as microseconds, so the text does not depend on settings.
create function book.audit_hash(entry book.audit_log) returns text
  language sql immutable
  return encode(sha256(convert_to(
    entry.previous_hash || jsonb_build_array(
      entry.book_id, entry.seq,
      case when isfinite(entry.at) then (extract(epoch from entry.at) * 1000000)::bigint end,
      entry.actor_id,
      entry.session_id, entry.api_key_id, entry.request_id, entry.address, entry.action,
      entry.entity, entry.entity_id, entry.before, entry.after)::text, 'UTF8')), 'hex');
--> statement-breakpoint
-- What is to be written to the log.
create type book.audit_input as (
  book_id uuid, actor_id uuid, action text, entity text, entity_id uuid, before jsonb, after jsonb
);
--> statement-breakpoint
-- Adds links to the chains of books. Entries come in the order of books, so that two writers of
-- several books lock the heads in one order; a head is written once, however many links it gets.
create function book.append_audit(variadic p_entries book.audit_input[]) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_input book.audit_input;
  v_entry book.audit_log;
begin
  v_entry.session_id := app.session_id();
  v_entry.api_key_id := nullif(current_setting('app.api_key_id', true), '')::uuid;
  v_entry.request_id := nullif(current_setting('app.request_id', true), '');
  v_entry.address := nullif(current_setting('app.address', true), '');
  foreach v_input in array p_entries loop
    if v_entry.book_id is distinct from v_input.book_id then
      update book.audit_heads set seq = v_entry.seq, hash = v_entry.hash
       where book_id = v_entry.book_id;
      insert into book.audit_heads (book_id, seq, hash) values (v_input.book_id, 0, '')
        on conflict do nothing;
      select h.seq, h.hash into v_entry.seq, v_entry.hash
        from book.audit_heads h where h.book_id = v_input.book_id for update;
      v_entry.book_id := v_input.book_id;
    end if;
    v_entry.seq := v_entry.seq + 1;
    v_entry.previous_hash := v_entry.hash;
    v_entry.at := clock_timestamp();
    v_entry.actor_id := coalesce(app.user_id(), v_input.actor_id);
    v_entry.action := v_input.action;
    v_entry.entity := v_input.entity;
    v_entry.entity_id := v_input.entity_id;
    v_entry.before := v_input.before;
    v_entry.after := v_input.after;
    v_entry.hash := book.audit_hash(v_entry);
    insert into book.audit_log (
        book_id, seq, at, actor_id, session_id, api_key_id, request_id, address, action, entity,
        entity_id, before, after, previous_hash, hash)
      values (
        v_entry.book_id, v_entry.seq, v_entry.at, v_entry.actor_id, v_entry.session_id,
        v_entry.api_key_id, v_entry.request_id, v_entry.address, v_entry.action, v_entry.entity,
        v_entry.entity_id, v_entry.before, v_entry.after, v_entry.previous_hash, v_entry.hash);
  end loop;
  update book.audit_heads set seq = v_entry.seq, hash = v_entry.hash
   where book_id = v_entry.book_id;
end
$$;
--> statement-breakpoint
create function book.audit_transaction_inserts() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform book.append_audit(variadic coalesce(array(
    select row(r.user_id, null, 'transaction.created', 'transaction', r.id, null,
               to_jsonb(r) - 'amount_scaled')::book.audit_input
      from new_rows r order by r.user_id, r.id), '{}'));
  return null;
end
$$;
--> statement-breakpoint
create function book.audit_transaction_updates() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform book.append_audit(variadic coalesce(array(
    select row(n.user_id, null,
               case when n.deleted_at is not null and o.deleted_at is null
                      then 'transaction.deleted'
                    when n.deleted_at is null and o.deleted_at is not null
                      then 'transaction.restored'
                    else 'transaction.updated' end,
               'transaction', n.id, to_jsonb(o) - 'amount_scaled',
               to_jsonb(n) - 'amount_scaled')::book.audit_input
      from new_rows n join old_rows o on o.id = n.id
     where n.version <> o.version
     order by n.user_id, n.id), '{}'));
  return null;
end
$$;
--> statement-breakpoint
create function book.audit_transaction_deletes() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform book.append_audit(variadic coalesce(array(
    select row(r.user_id, null, 'transaction.purged', 'transaction', r.id,
               to_jsonb(r) - 'amount_scaled', null)::book.audit_input
      from old_rows r order by r.user_id, r.id), '{}'));
  return null;
end
$$;
--> statement-breakpoint
create trigger audit_inserts after insert on book.transactions
  referencing new table as new_rows
  for each statement execute function book.audit_transaction_inserts();
--> statement-breakpoint
create trigger audit_updates after update on book.transactions
  referencing old table as old_rows new table as new_rows
  for each statement execute function book.audit_transaction_updates();
--> statement-breakpoint
create trigger audit_deletes after delete on book.transactions
  referencing old table as old_rows
  for each statement execute function book.audit_transaction_deletes();
--> statement-breakpoint
-- A user without what nobody may read; that the password changed is said.
create function book.audited_user(u book.users) returns jsonb
  language sql immutable
  return to_jsonb(u) - 'password_hash';
--> statement-breakpoint
create function book.audit_user() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    perform book.append_audit(row(new.id, null, 'user.created', 'user', new.id, null,
                              book.audited_user(new))::book.audit_input);
  elsif tg_op = 'DELETE' then
    perform book.append_audit(row(old.id, null, 'user.deleted', 'user', old.id,
                              book.audited_user(old), null)::book.audit_input);
  elsif new.version <> old.version then
    perform book.append_audit(row(
      new.id, null,
      case when new.password_hash <> old.password_hash then 'user.password_changed'
           else 'user.updated' end,
      'user', new.id, book.audited_user(old), book.audited_user(new))::book.audit_input);
  end if;
  return null;
end
$$;
--> statement-breakpoint
-- Who was here before the log. Every chain begins with its user, so that one that was cut off whole
-- and grew again is known.
select book.append_audit(row(u.id, null, 'user.recorded', 'user', u.id, null,
                             book.audited_user(u))::book.audit_input)
  from book.users u;
--> statement-breakpoint
create trigger audit_user after insert or update or delete on book.users
  for each row execute function book.audit_user();
--> statement-breakpoint
create function book.audit_session() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    perform book.append_audit(row(new.user_id, new.user_id, 'session.started', 'session', new.id, null,
                              to_jsonb(new))::book.audit_input);
  elsif new.revoked_at is not null and old.revoked_at is null then
    perform book.append_audit(row(new.user_id, new.user_id, 'session.ended', 'session', new.id,
                              to_jsonb(old), to_jsonb(new))::book.audit_input);
  end if;
  return null;
end
$$;
--> statement-breakpoint
create trigger audit_session after insert or update on book.sessions
  for each row execute function book.audit_session();
--> statement-breakpoint
-- Nobody rewrites history, the owner included, short of disabling this in the open.
create function book.refuse_change() returns trigger
  language plpgsql
as $$
begin
  raise exception 'the audit log is append-only' using errcode = 'EB005';
end
$$;
--> statement-breakpoint
create trigger append_only before update or delete or truncate on book.audit_log
  for each statement execute function book.refuse_change();
--> statement-breakpoint
create view app.audit_entries as
  select book_id, seq, at, actor_id, session_id, api_key_id, request_id, address, action, entity,
         entity_id, before, after, previous_hash, hash, id
    from book.audit_log;
--> statement-breakpoint
-- Follows every chain, or one. A row for each fault; none where all is well. What was cut off at the
-- end shows against the head, and a head that was cut along only against a copy kept elsewhere.
create function app.verify_audit(p_book uuid)
  returns table (book_id uuid, seq bigint, fault text)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with links as (
    select l.book_id, l.seq, l.hash, l.previous_hash,
           lag(l.seq, 1, 0::bigint) over chain before_seq,
           lag(l.hash, 1, '') over chain before_hash,
           book.audit_hash(l) recomputed
      from book.audit_log l
     where p_book is null or l.book_id = p_book
    window chain as (partition by l.book_id order by l.seq)
  ), ends as (
    select distinct on (l.book_id) l.book_id, l.seq, l.hash
      from book.audit_log l
     where p_book is null or l.book_id = p_book
     order by l.book_id, l.seq desc
  )
  select l.book_id, l.seq, 'altered' from links l where l.hash <> l.recomputed
  union all
  select l.book_id, l.before_seq + 1, 'removed' from links l where l.seq <> l.before_seq + 1
  union all
  select l.book_id, l.seq, 'unlinked' from links l
   where l.seq = l.before_seq + 1 and l.previous_hash <> l.before_hash
  union all
  select h.book_id, coalesce(e.seq, 0) + 1, 'removed'
    from book.audit_heads h left join ends e on e.book_id = h.book_id
   where (p_book is null or h.book_id = p_book)
     and (coalesce(e.seq, 0) < h.seq)
  union all
  select h.book_id, h.seq, 'head differs'
    from book.audit_heads h join ends e on e.book_id = h.book_id
   where (p_book is null or h.book_id = p_book)
     and (e.seq > h.seq or (e.seq = h.seq and e.hash <> h.hash))
   order by 1, 2
$$;
--> statement-breakpoint
create view app.audit_heads as
  select book_id, seq, hash from book.audit_heads;
--> statement-breakpoint

-- Preconditions ----------------------------------------------------------------------------------

-- Locks a row that is about to be changed. Raises EB404 where there is none and EB412 where it has
-- another version than the caller has seen; null stands for any.
create function app.expect_version(p_entity text, p_id uuid, p_versions integer[]) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_version integer;
begin
  case p_entity
    when 'transaction' then
      select t.version into v_version from book.transactions t
       where t.id = p_id and t.deleted_at is null for no key update;
    when 'user' then
      select u.version into v_version from book.users u where u.id = p_id for no key update;
  end case;
  if v_version is null then
    raise exception 'there is no such %', p_entity using errcode = 'EB404';
  elsif p_versions is not null and v_version <> all (p_versions) then
    raise exception 'the % has version %', p_entity, v_version using errcode = 'EB412';
  end if;
end
$$;
--> statement-breakpoint

-- Idempotency ------------------------------------------------------------------------------------

-- Claims a key for this transaction. A second request with it waits here until the first has ended;
-- then it raises EB208 where the write is done, and EB422 where the key stood for another request.
create function app.claim_key(p_key text, p_fingerprint text) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_fingerprint text;
begin
  insert into book.idempotency_keys (user_id, key, fingerprint)
       values (app.user_id(), p_key, p_fingerprint)
  on conflict do nothing;
  if found then
    return;
  end if;
  select k.fingerprint into v_fingerprint from book.idempotency_keys k
   where k.user_id = app.user_id() and k.key = p_key;
  if v_fingerprint is distinct from p_fingerprint then
    raise exception 'the key stands for another request' using errcode = 'EB422';
  end if;
  raise exception 'the request is done already' using errcode = 'EB208';
end
$$;
--> statement-breakpoint
-- Keeps what is answered: the outcome and the row as it is now, in the form of the table.
create function app.keep_result(p_key text, p_outcome text, p_entity text, p_id uuid)
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
    else null;
  end case;
  update book.idempotency_keys k
     set outcome = p_outcome,
         result = jsonb_build_object('entity', p_entity, 'row', v_row)
   where k.user_id = app.user_id() and k.key = p_key;
end
$$;
--> statement-breakpoint
create function app.kept_result(p_key text) returns table (outcome text, result jsonb)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select k.outcome, k.result from book.idempotency_keys k
   where k.user_id = app.user_id() and k.key = p_key
$$;
--> statement-breakpoint
-- For the cron trigger: forgets keys that are older than the promised time. Returns how many.
create function app.prune_keys(p_older_than interval) returns bigint
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_count bigint;
begin
  if p_older_than is null or p_older_than < interval '1 day' then
    raise exception 'nothing of the last day is pruned' using errcode = '22023';
  end if;
  delete from book.idempotency_keys where created_at < now() - p_older_than;
  get diagnostics v_count = row_count;
  return v_count;
end
$$;
--> statement-breakpoint

-- Dry runs ---------------------------------------------------------------------------------------

-- What the book of a user adds up to: of p_user, or of whoever the transaction belongs to.
create function app.book_totals(p_user uuid, p_transaction uuid)
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
   group by t.currency
   order by t.currency
$$;
--> statement-breakpoint

-- Grants -----------------------------------------------------------------------------------------

revoke all on all functions in schema app from public;
--> statement-breakpoint
revoke all on all functions in schema book from public;
--> statement-breakpoint
grant execute on function app.describe_request(text, text)
  to app, app_viewer, app_analyst, app_admin;
--> statement-breakpoint
grant execute on function app.prune_keys(interval) to app;
--> statement-breakpoint
grant execute on function
    app.claim_key(text, text), app.keep_result(text, text, text, uuid), app.kept_result(text)
  to app_viewer, app_analyst, app_admin;
--> statement-breakpoint
grant execute on function app.book_totals(uuid, uuid) to app_analyst, app_admin;
--> statement-breakpoint
grant execute on function app.expect_version(text, uuid, integer[]), app.verify_audit(uuid)
  to app_admin;
--> statement-breakpoint
grant select on app.audit_entries, app.audit_heads to app_admin;
