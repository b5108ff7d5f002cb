-- The audit log: one chain of hashes per user, written by triggers.
--
-- Promises: each change of a user, session, key, import or transaction adds an entry in the same
-- transaction. Entries cannot be changed or deleted, by the owner neither, short of disabling the
-- trigger. Each entry holds the hash of the one before it, so an altered, removed or reordered entry
-- shows. Its number over all users is hashed too; numbers have gaps, where a write was rolled back. The
-- triggers that write entries are beside their tables.
-- Called by: triggers (append_audit); app_admin (the views, verify_audit and compare_audit_heads).
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
      entry.id, entry.owner_id, entry.sequence,
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
    v_entry.id := nextval('data.audit_log_id_seq');
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
        id, owner_id, sequence, occurred_at, actor_id, session_id, api_key_id, request_id, address,
        action, entity, entity_id, before, after, previous_hash, hash)
      overriding system value
      values (
        v_entry.id, v_entry.owner_id, v_entry.sequence, v_entry.occurred_at, v_entry.actor_id,
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

-- Follows every chain, or the chain of one user, and returns a row for each violation. With a limit,
-- follows that many entries after a position; what belongs to no entry is looked for at the start. An
-- end that was cut off shows against the head. A chain forged together with its head, or removed
-- together with its user, shows only against heads that were stored elsewhere.
create function api.verify_audit(
    p_owner uuid, p_after_owner uuid default null, p_after_sequence bigint default null,
    p_limit integer default null)
  returns table (owner_id uuid, sequence bigint, violation text)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with recursive actors as (
    -- Each actor once, from the index: the log may have millions of entries.
    (select l.actor_id from data.audit_log l
      where p_after_owner is null and l.actor_id is not null
      order by l.actor_id limit 1)
    union all
    select (select l.actor_id from data.audit_log l
             where l.actor_id > a.actor_id order by l.actor_id limit 1)
      from actors a where a.actor_id is not null
  ), entries as (
    -- With one entry before and one after, which are links and not judged.
    select l.owner_id, l.sequence, l.hash, l.previous_hash, l.id, l.action,
           private.audit_hash(l) recomputed
      from data.audit_log l
     -- As ranges, so that one plan serves all.
     where l.owner_id between coalesce(p_owner, '00000000-0000-0000-0000-000000000000')
                          and coalesce(p_owner, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
       and (l.owner_id, l.sequence)
           >= (coalesce(p_after_owner, '00000000-0000-0000-0000-000000000000'),
               coalesce(p_after_sequence, 0))
     order by l.owner_id, l.sequence
     limit p_limit + case when p_after_owner is null then 1 else 2 end
  ), links as (
    select e.*, row_number() over (order by e.owner_id, e.sequence) place,
           lag(e.id, 1, 0::bigint) over chain before_id,
           lag(e.sequence, 1, 0::bigint) over chain before_sequence,
           lag(e.hash, 1, '') over chain before_hash,
           lead(e.id) over chain is null is_last
      from entries e
    window chain as (partition by e.owner_id order by e.sequence)
  ), violations as (
    select l.owner_id, v.sequence, v.violation
      from links l
      left join data.audit_heads h on h.owner_id = l.owner_id and l.is_last
     cross join lateral (values
       (l.sequence, 'altered', l.hash <> l.recomputed),
       (l.before_sequence + 1, 'removed', l.sequence <> l.before_sequence + 1),
       (l.sequence, 'unlinked',
        l.sequence = l.before_sequence + 1 and l.previous_hash <> l.before_hash),
       (l.sequence, 'reordered', l.id <= l.before_id),
       -- A chain begins with its user.
       (l.sequence, 'removed',
        l.sequence = 1 and l.action not in ('user.created', 'user.recorded')),
       (l.sequence + 1, 'removed', l.is_last and l.sequence < h.sequence),
       (l.sequence, 'head_mismatch',
        l.is_last and (h.sequence is null or l.sequence > h.sequence
                       or (l.sequence = h.sequence and l.hash <> h.hash)))
     ) v (sequence, violation, found)
     where v.found
       and (p_after_owner is null
            or (l.owner_id, l.sequence) > (p_after_owner, p_after_sequence))
       and (p_limit is null
            or l.place <= p_limit + case when p_after_owner is null then 0 else 1 end)
  )
  select v.owner_id, v.sequence, v.violation from violations v
  union all
  -- A head, a user and an actor without a chain.
  select w.id, 1::bigint, 'removed'
    from (select h.owner_id id from data.audit_heads h
          union select u.id from data.users u
          union select a.actor_id from actors a where a.actor_id is not null) w
   where p_after_owner is null
     and (p_owner is null or w.id = p_owner)
     and not exists (select from data.audit_log l where l.owner_id = w.id)
   order by 1, 2, 3
$$;
grant execute on function api.verify_audit(uuid, uuid, bigint, integer) to app_admin;

-- Compares heads that were stored elsewhere with the chains, which may have grown since. Returns those
-- whose entry is not there or has another hash.
create function api.compare_audit_heads(p_heads jsonb)
  returns table (owner_id uuid, sequence bigint, violation text)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select h.owner_id, h.sequence, case when l.hash is null then 'removed' else 'altered' end
    from jsonb_to_recordset(p_heads) h (owner_id uuid, sequence bigint, hash text)
    left join data.audit_log l on l.owner_id = h.owner_id and l.sequence = h.sequence
   where l.hash is distinct from h.hash
   order by 1, 2
$$;
grant execute on function api.compare_audit_heads(jsonb) to app_admin;
