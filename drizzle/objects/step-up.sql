-- Step-up: what needs a login, or the password again, within the last five minutes.
--
-- Promises: without that, no role of the API makes a key, sets a password, weakens two-factor
-- authentication, or makes, promotes or reactivates a user, whatever statement it uses. An access token
-- alone cannot be turned into lasting access. The owner and the login functions are not concerned.
-- Called by: app_viewer, app_analyst, app_admin.
-- Raises: EB015 step-up required, 42501 a request with a key.

create function private.check_step_up() returns void
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if coalesce(current_setting('app.api_key_id', true), '') <> '' then
    raise exception 'not allowed with an API key' using errcode = '42501';
  elsif not exists (select from data.sessions s
                     where s.id = private.session_id() and s.user_id = data.user_id()
                       and s.verified_at > now() - interval '5 minutes') then
    raise exception 'the session was not verified recently' using errcode = 'EB015';
  end if;
end
$$;

-- For writes of two calls, in the first one: before a password or a code is compared.
create function api.require_step_up() returns void
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select private.check_step_up()
$$;
grant execute on function api.require_step_up() to app_viewer, app_analyst, app_admin;

-- Notes that the password was given, and the code where two-factor authentication is on. Null where the
-- password changed since the hash was compared, or the code is missing or was used before.
create function api.step_up(p_compared_hash text, p_step bigint, p_recovery_hash text)
  returns timestamptz
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_verified_at timestamptz;
begin
  perform from data.users
    where id = data.user_id() and password_hash = p_compared_hash for no key update;
  if not found
     or exists (select from data.totp_secrets t
                 where t.user_id = data.user_id() and t.confirmed_at is not null)
        and not private.use_totp_code(data.user_id(), p_step, p_recovery_hash) then
    return null;
  end if;
  update data.sessions set verified_at = now()
   where id = private.session_id() and user_id = data.user_id()
  returning verified_at into v_verified_at;
  return v_verified_at;
end
$$;
grant execute on function api.step_up(text, bigint, text) to app_viewer, app_analyst, app_admin;

-- The role of the transaction is `none` for the owner and for login, which have no session yet.
create function private.require_step_up() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if current_setting('role') in ('app_viewer', 'app_analyst', 'app_admin') then
    perform private.check_step_up();
  end if;
  return case tg_op when 'DELETE' then old else new end;
end
$$;
create trigger require_step_up before insert on data.users
  for each row execute function private.require_step_up();
create trigger require_step_up_on_update before update on data.users
  for each row
  when (new.password_hash <> old.password_hash or new.email <> old.email
        or new.role > old.role or (new.active and not old.active))
  execute function private.require_step_up();
create trigger require_step_up before insert on data.api_keys
  for each row execute function private.require_step_up();
create trigger require_step_up_on_update before update on data.api_keys
  for each row
  when (new.key_hash <> old.key_hash or new.role > old.role or new.access > old.access
        or (old.revoked_at is not null and new.revoked_at is null)
        or new.expires_at is distinct from old.expires_at)
  execute function private.require_step_up();
create trigger require_step_up_on_update before update on data.totp_secrets
  for each row
  when (old.confirmed_at is not null
        and (new.secret <> old.secret or new.confirmed_at is null))
  execute function private.require_step_up();
create trigger require_step_up_on_delete before delete on data.totp_secrets
  for each row when (old.confirmed_at is not null)
  execute function private.require_step_up();
