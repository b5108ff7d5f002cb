-- Idempotency keys of writes that compare a password or a code between two calls, and of answers
-- that hold a secret.

-- The first of the two calls asks whether the write was done before: by then the password or the
-- code is another one. Raises EB208 or EB422, as app.claim_key does.
create function app.expect_new_key(p_key text, p_fingerprint text) returns void
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_fingerprint text;
begin
  select k.fingerprint into v_fingerprint from book.idempotency_keys k
   where k.user_id = app.user_id() and k.key = p_key;
  if not found then
    return;
  elsif v_fingerprint <> p_fingerprint then
    raise exception 'the key stands for another request' using errcode = 'EB422';
  end if;
  raise exception 'the request is done already' using errcode = 'EB208';
end
$$;
--> statement-breakpoint
-- Keeps an answer that the Worker has encrypted: what it says is not for the database.
create function app.keep_sealed(p_key text, p_entity text, p_sealed text) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  update book.idempotency_keys k
     set outcome = 'changed',
         result = jsonb_build_object('entity', p_entity,
                                     'row', jsonb_build_object('sealed', p_sealed))
   where k.user_id = app.user_id() and k.key = p_key
$$;
--> statement-breakpoint
revoke all on function app.expect_new_key(text, text), app.keep_sealed(text, text, text)
  from public;
--> statement-breakpoint
grant execute on function app.expect_new_key(text, text), app.keep_sealed(text, text, text)
  to app_viewer, app_analyst, app_admin;
