-- Idempotency keys: a write runs once per key, and a repeat gets the stored response.
--
-- Promises: a key belongs to one user. A second request with the key waits for the first one to end.
-- A write that fails or finds nothing leaves the key free.
-- Called by: app_viewer, app_analyst, app_admin.
-- Raises: EB010 the write is done already, EB013 the key was used with a different request, 40001 the
-- key expired at this moment (retry).

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

create view api.stored_responses as
  select key, outcome, entity, response
    from data.idempotency_keys
   where user_id = (select data.user_id());
grant select on api.stored_responses to app_viewer, app_analyst, app_admin;
