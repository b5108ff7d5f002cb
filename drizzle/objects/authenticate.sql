-- Who makes a request: the first statement of every transaction.
--
-- Promises: identity and role hold for one transaction. A revoked session or key, and a token issued
-- before a change of password or role, gets nothing.
-- Called by: app (authenticate…); every role (set_request_context, require_totp).
-- Raises: EB001 session not valid, EB002 account inactive, EB007 API key not valid, EB008 an admin
-- without two-factor authentication, EB017 the request needs a masked field.

create function private.session_id() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.session_id', true), '')::uuid;
grant execute on function private.session_id() to app, app_viewer, app_analyst, app_admin;

create function api.check_session(p_user uuid, p_session uuid, p_token_version integer)
  returns data.user_role
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  found_user record;
begin
  select u.role, u.active, u.token_version, s.revoked_at, s.expires_at into found_user
    from data.users u
    left join data.sessions s on s.user_id = u.id and s.id = p_session
   where u.id = p_user;
  if not found then
    raise exception 'unknown user' using errcode = 'EB001';
  elsif not found_user.active then
    raise exception 'account is not active' using errcode = 'EB002';
  elsif found_user.token_version is distinct from p_token_version
        or found_user.revoked_at is not null
        or coalesce(found_user.expires_at <= now(), true) then
    raise exception 'session is revoked or expired' using errcode = 'EB001';
  end if;
  return found_user.role;
end
$$;
grant execute on function api.check_session(uuid, uuid, integer) to app;

-- Where a role finds the views that are masked for it (see masking.sql). Admins are never masked.
create function api.search_path_of(p_role text) returns text
  language sql immutable
  return case p_role when 'admin' then '' else 'api_' || p_role || ', ' end || 'api, pg_temp';
grant execute on function api.search_path_of(text) to app;

-- Not SECURITY DEFINER itself: those cannot set the role.
-- The fields that the request needs come as `place:field`; those that are masked for the role are
-- returned. Names without a schema are those of the role's own views.
create function api.authenticate(
    p_user uuid, p_session uuid, p_token_version integer, p_uses text[] default '{}',
    out role text, out masked text[])
  language plpgsql
as $$
begin
  role := api.check_session(p_user, p_session, p_token_version);
  masked := api.begin_masking(role, p_uses);
  perform set_config('app.user_id', p_user::text, true),
          set_config('app.session_id', p_session::text, true),
          set_config('statement_timeout', '10s', true),
          set_config('lock_timeout', '5s', true),
          set_config('search_path', api.search_path_of(role), true),
          set_config('role', 'app_' || role, true);
end
$$;
grant execute on function api.authenticate(uuid, uuid, integer, text[]) to app;

-- Notes the use of a key at most once a minute. A reader that finds the row locked, or changed since
-- its snapshot, leaves that to the other transaction.
create function api.check_api_key(p_key uuid, p_user uuid, p_hash text, p_role text)
  returns data.api_key_access
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  found_key record;
begin
  select k.access, k.role, k.expires_at, k.revoked_at, k.last_used_at,
         u.role owner_role, u.active into found_key
    from data.api_keys k join data.users u on u.id = k.user_id
   where k.id = p_key and k.user_id = p_user and k.key_hash = p_hash and k.role::text = p_role;
  if not found then
    raise exception 'unknown API key' using errcode = 'EB007';
  elsif not found_key.active then
    raise exception 'account is not active' using errcode = 'EB002';
  elsif found_key.revoked_at is not null or found_key.expires_at <= now()
        or found_key.role > found_key.owner_role then
    raise exception 'API key is revoked, expired or above its owner''s role' using errcode = 'EB007';
  end if;
  if coalesce(found_key.last_used_at < now() - interval '1 minute', true) then
    begin
      update data.api_keys set last_used_at = now()
       where id = (select id from data.api_keys where id = p_key for no key update skip locked);
    exception
      when serialization_failure then null;
    end;
  end if;
  return found_key.access;
end
$$;
grant execute on function api.check_api_key(uuid, uuid, text, text) to app;

-- The transaction of a read, and every transaction of a read-only key, becomes read-only once the use
-- of the key is noted.
create function api.authenticate_api_key(
    p_key uuid, p_user uuid, p_hash text, p_role text, p_read_only boolean,
    p_uses text[] default '{}', out role text, out masked text[])
  language plpgsql
as $$
declare
  v_access text := api.check_api_key(p_key, p_user, p_hash, p_role);
begin
  role := p_role;
  masked := api.begin_masking(p_role, p_uses);
  perform set_config('app.user_id', p_user::text, true),
          set_config('app.api_key_id', p_key::text, true),
          set_config('statement_timeout', '10s', true),
          set_config('lock_timeout', '5s', true),
          set_config('search_path', api.search_path_of(p_role), true),
          set_config('role', 'app_' || p_role, true);
  if p_read_only or v_access = 'read' then
    perform set_config('transaction_read_only', 'on', true);
  end if;
end
$$;
grant execute on function api.authenticate_api_key(uuid, uuid, text, text, boolean, text[]) to app;

-- Called where the setting REQUIRE_ADMIN_TOTP is on.
create function api.require_totp() returns void
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select from data.users u where u.id = data.user_id() and u.role = 'admin')
     and not exists (select from data.totp_secrets t
                      where t.user_id = data.user_id() and t.confirmed_at is not null) then
    raise exception 'admins need two-factor authentication' using errcode = 'EB008';
  end if;
end
$$;
grant execute on function api.require_totp() to app_viewer, app_analyst, app_admin;

-- Where a change comes from, for the audit log.
create function api.set_request_context(p_request_id text, p_address text) returns void
  language plpgsql
as $$
begin
  perform set_config('app.request_id', left(p_request_id, 255), true),
          set_config('app.address', left(p_address, 100), true);
end
$$;
grant execute on function api.set_request_context(text, text)
  to app, app_login, app_viewer, app_analyst, app_admin;
