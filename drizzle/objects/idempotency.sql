-- Idempotency keys: a write runs once per key, and a repeat gets the stored response.
--
-- Promises: a key belongs to one user. A second request with the key waits for the first one to end.
-- A write that fails or finds nothing leaves the key free. The stored responses of a user take at most
-- 20 MB, as they are on disk; then no key is accepted until the first of them are a day old.
-- Called by: app_viewer, app_analyst, app_admin.
-- Raises: EB010 the write is done already, EB013 the key was used with a different request, EB016 too
-- many stored responses, 40001 the key expired at this moment (retry).

-- For writes that compare a password or a code between two calls: the first call asks whether the
-- write is done already, because by then the password or the code has changed.
create function api.check_idempotency_key(p_key text, p_fingerprint text) returns void
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_fingerprint text;
begin
  select k.fingerprint into v_fingerprint from data.idempotency_keys k
   where k.user_id = data.user_id() and k.key = p_key;
  if not found then
    return;
  elsif v_fingerprint is distinct from p_fingerprint then
    raise exception 'the key was used with a different request' using errcode = 'EB013';
  end if;
  raise exception 'the request is done already' using errcode = 'EB010';
end
$$;

-- Deletes those that are a day old, if that makes room.
create function private.check_stored_responses() returns void
  language plpgsql
as $$
declare
  v_max bigint := 20 * 1024 * 1024;
begin
  if (select u.bytes from data.idempotency_usage u where u.user_id = data.user_id()) >= v_max then
    delete from data.idempotency_keys k
     where k.user_id = data.user_id() and k.created_at < now() - interval '1 day';
    if (select u.bytes from data.idempotency_usage u where u.user_id = data.user_id()) >= v_max then
      raise exception 'the stored responses of the user take 20 MB' using errcode = 'EB016';
    end if;
  end if;
end
$$;

create function api.claim_idempotency_key(p_key text, p_fingerprint text) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into data.idempotency_keys (user_id, key, fingerprint)
       values (data.user_id(), p_key, p_fingerprint)
  on conflict do nothing;
  if not found then
    perform api.check_idempotency_key(p_key, p_fingerprint);
    raise exception 'the key has just expired' using errcode = '40001';
  end if;
  perform private.check_stored_responses();
end
$$;

-- p_response is what the feature needs to respond again. Null says that the write found nothing: then
-- the response is 404, and the key is free again.
create function api.store_response(
    p_key text, p_outcome text, p_entity text, p_response jsonb)
  returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_response is null and p_entity <> 'none' then
    delete from data.idempotency_keys k where k.user_id = data.user_id() and k.key = p_key;
    return;
  end if;
  update data.idempotency_keys k
     set outcome = p_outcome, entity = p_entity, response = p_response
   where k.user_id = data.user_id() and k.key = p_key;
end
$$;

grant execute on function
    api.check_idempotency_key(text, text), api.claim_idempotency_key(text, text),
    api.store_response(text, text, text, jsonb)
  to app_viewer, app_analyst, app_admin;

-- Masked as the role sees the rows today, whatever it saw when they were stored.
create view api.stored_responses as
  select key, outcome, entity, private.mask_json(response) response
    from data.idempotency_keys
   where user_id = (select data.user_id());
grant select on api.stored_responses to app_viewer, app_analyst, app_admin;

-- For each row, because a row that is read again has the size that it takes on disk.
create function private.count_stored_response() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_bytes integer := coalesce(pg_column_size(new.response), 0) - coalesce(pg_column_size(old.response), 0);
begin
  insert into data.idempotency_usage as u (user_id, bytes) values (new.user_id, greatest(v_bytes, 0))
  on conflict (user_id) do update set bytes = greatest(u.bytes + v_bytes, 0);
  return null;
end
$$;
create trigger count_stored_response after update on data.idempotency_keys
  for each row when (old.response is not null or new.response is not null)
  execute function private.count_stored_response();

create function private.count_deleted_responses() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update data.idempotency_usage u set bytes = greatest(u.bytes - d.bytes, 0)
    from (select o.user_id, sum(pg_column_size(o.response)) bytes from deleted o
           where o.response is not null group by o.user_id order by o.user_id) d
   where u.user_id = d.user_id;
  return null;
end
$$;
create trigger count_deleted_responses after delete on data.idempotency_keys
  referencing old table as deleted
  for each statement execute function private.count_deleted_responses();
