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
    select l.book_id, l.seq, l.hash, l.previous_hash,
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
  select h.book_id, coalesce(e.seq, 0) + 1, 'removed'
    from heads h left join ends e on e.book_id = h.book_id
   where coalesce(e.seq, 0) < h.seq
  union all
  select e.book_id, e.seq, 'head differs'
    from ends e left join heads h on h.book_id = e.book_id
   where h.seq is null or e.seq > h.seq or (e.seq = h.seq and e.hash <> h.hash)
   order by 1, 2, 3
$$;
