-- The audit log: one chain of hashes per user, written by triggers.
--
-- Promises: each change of a user, session, key, import or transaction adds an entry in the same
-- transaction. Entries cannot be changed or deleted, by the owner neither, short of disabling the
-- trigger. Each entry holds the hash of the one before it, so an altered, removed or reordered entry
-- shows. The triggers that write entries are beside their tables.
-- Called by: triggers (append_audit); app_admin (the views and verify_audit).
-- Raises: EB005 the audit log is append-only.

-- What a trigger hands over. The rest comes from the identity of the transaction.
create type private.audit_input as (
  owner_id uuid, actor_id uuid, action text, entity text, entity_id uuid, before jsonb, after jsonb
);

-- The hash of an entry: over the hash before it and everything the entry says. jsonb has one way to
-- be written, and instants count as microseconds, so no setting changes the text.
create function private.audit_hash(entry data.audit_log) returns text
  language sql immutable
  return encode(sha256(convert_to(
    entry.previous_hash || jsonb_build_array(
      entry.owner_id, entry.sequence,
      case when isfinite(entry.occurred_at)
           then (extract(epoch from entry.occurred_at) * 1000000)::bigint end,
      entry.actor_id,
      entry.session_id, entry.api_key_id, entry.request_id, entry.address, entry.action,
      entry.entity, entry.entity_id, entry.before, entry.after)::text, 'UTF8')), 'hex');

-- Appends entries to chains. They come ordered by owner, so that two writers for several users lock
-- the heads in one order; a head is written once, however many entries it gets.
create function private.append_audit(variadic p_entries private.audit_input[]) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_input private.audit_input;
  v_entry data.audit_log;
begin
  v_entry.session_id := private.session_id();
  v_entry.api_key_id := nullif(current_setting('app.api_key_id', true), '')::uuid;
  v_entry.request_id := nullif(current_setting('app.request_id', true), '');
  v_entry.address := nullif(current_setting('app.address', true), '');
  foreach v_input in array p_entries loop
    if v_entry.owner_id is distinct from v_input.owner_id then
      update data.audit_heads set sequence = v_entry.sequence, hash = v_entry.hash
       where owner_id = v_entry.owner_id;
      insert into data.audit_heads (owner_id, sequence, hash) values (v_input.owner_id, 0, '')
        on conflict do nothing;
      select h.sequence, h.hash into v_entry.sequence, v_entry.hash
        from data.audit_heads h where h.owner_id = v_input.owner_id for update;
      v_entry.owner_id := v_input.owner_id;
    end if;
    v_entry.sequence := v_entry.sequence + 1;
    v_entry.previous_hash := v_entry.hash;
    v_entry.occurred_at := clock_timestamp();
    v_entry.actor_id := coalesce(data.user_id(), v_input.actor_id);
    v_entry.action := v_input.action;
    v_entry.entity := v_input.entity;
    v_entry.entity_id := v_input.entity_id;
    v_entry.before := v_input.before;
    v_entry.after := v_input.after;
    v_entry.hash := private.audit_hash(v_entry);
    insert into data.audit_log (
        owner_id, sequence, occurred_at, actor_id, session_id, api_key_id, request_id, address,
        action, entity, entity_id, before, after, previous_hash, hash)
      values (
        v_entry.owner_id, v_entry.sequence, v_entry.occurred_at, v_entry.actor_id,
        v_entry.session_id, v_entry.api_key_id, v_entry.request_id, v_entry.address,
        v_entry.action, v_entry.entity, v_entry.entity_id, v_entry.before, v_entry.after,
        v_entry.previous_hash, v_entry.hash);
  end loop;
  update data.audit_heads set sequence = v_entry.sequence, hash = v_entry.hash
   where owner_id = v_entry.owner_id;
end
$$;

create function private.reject_modification() returns trigger
  language plpgsql
as $$
begin
  raise exception 'the audit log is append-only' using errcode = 'EB005';
end
$$;
create trigger append_only before update or delete or truncate on data.audit_log
  for each statement execute function private.reject_modification();

create view api.audit_entries as
  select owner_id, sequence, occurred_at, actor_id, session_id, api_key_id, request_id, address,
         action, entity, entity_id, before, after, previous_hash, hash, id
    from data.audit_log;
create view api.audit_heads as
  select owner_id, sequence, hash from data.audit_heads;
grant select on api.audit_entries, api.audit_heads to app_admin;

-- Follows every chain, or the chain of one user, and returns a row for each violation. An end that was
-- cut off shows against the head. A chain forged together with its head shows only against a hash
-- stored elsewhere.
create function api.verify_audit(p_owner uuid)
  returns table (owner_id uuid, sequence bigint, violation text)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with links as (
    select l.owner_id, l.sequence, l.hash, l.previous_hash, l.id, l.action,
           lag(l.id, 1, 0::bigint) over chain before_id,
           lag(l.sequence, 1, 0::bigint) over chain before_sequence,
           lag(l.hash, 1, '') over chain before_hash,
           private.audit_hash(l) recomputed
      from data.audit_log l
     where p_owner is null or l.owner_id = p_owner
    window chain as (partition by l.owner_id order by l.sequence)
  ), ends as (
    select distinct on (l.owner_id) l.owner_id, l.sequence, l.hash
      from links l
     order by l.owner_id, l.sequence desc
  ), heads as (
    select h.owner_id, h.sequence, h.hash
      from data.audit_heads h
     where p_owner is null or h.owner_id = p_owner
  )
  select l.owner_id, l.sequence, 'altered' from links l where l.hash <> l.recomputed
  union all
  select l.owner_id, l.before_sequence + 1, 'removed'
    from links l where l.sequence <> l.before_sequence + 1
  union all
  select l.owner_id, l.sequence, 'unlinked' from links l
   where l.sequence = l.before_sequence + 1 and l.previous_hash <> l.before_hash
  union all
  select l.owner_id, l.sequence, 'reordered' from links l where l.id <= l.before_id
  union all
  -- A chain begins with its user, and every user has one.
  select l.owner_id, l.sequence, 'removed' from links l
   where l.sequence = 1 and l.action not in ('user.created', 'user.recorded')
  union all
  select u.id, 1::bigint, 'removed' from data.users u
   where (p_owner is null or u.id = p_owner)
     and not exists (select from links l where l.owner_id = u.id)
     and not exists (select from heads h where h.owner_id = u.id)
  union all
  select h.owner_id, coalesce(e.sequence, 0) + 1, 'removed'
    from heads h left join ends e on e.owner_id = h.owner_id
   where coalesce(e.sequence, 0) < h.sequence
  union all
  select e.owner_id, e.sequence, 'head_mismatch'
    from ends e left join heads h on h.owner_id = e.owner_id
   where h.sequence is null or e.sequence > h.sequence
      or (e.sequence = h.sequence and e.hash <> h.hash)
   order by 1, 2, 3
$$;
grant execute on function api.verify_audit(uuid) to app_admin;
