-- Login and refresh: the functions that alone see password hashes and refresh tokens.
--
-- Promises: a session starts only for an active account with the password hash that was compared, and
-- with a TOTP or recovery code that was not used before where two-factor authentication is on. A user has
-- at most 50 active sessions. A
-- refresh token works once; a second use revokes its session.
-- Called by: app_login (before there is an identity); app_viewer, app_analyst, app_admin (…own_password…).
-- Raises: nothing of its own. What did not work out is a row or its absence, because an error would
-- undo the revocation.

create function api.find_credentials(p_email text)
  returns table (user_id uuid, password_hash text, active boolean, totp_secret text)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select u.id, u.password_hash, u.active, t.secret
    from data.users u
    left join data.totp_secrets t on t.user_id = u.id and t.confirmed_at is not null
   where u.email = p_email
$$;
grant execute on function api.find_credentials(text) to app_login;

-- Uses up a code: a time step later than the last one, or a recovery code. The Worker has compared the
-- code; that it counts once is decided here.
create function private.use_totp_code(p_user uuid, p_step bigint, p_recovery_hash text)
  returns boolean
  language plpgsql
as $$
begin
  if p_step is not null then
    update data.totp_secrets t set last_step = p_step
     where t.user_id = p_user and t.confirmed_at is not null
       and (t.last_step is null or t.last_step < p_step);
    return found;
  end if;
  update data.recovery_codes r set used_at = now()
   where r.user_id = p_user and r.code_hash = p_recovery_hash and r.used_at is null
     and exists (select from data.totp_secrets t
                  where t.user_id = p_user and t.confirmed_at is not null);
  return found;
end
$$;

-- No row where the account is inactive, its password changed since the hash was compared, or its code
-- is missing or was used before. p_new_hash replaces a hash of a lower cost and keeps other sessions;
-- p_new_secret is the TOTP secret under the current encryption key.
create function api.start_session(
    p_user uuid, p_compared_hash text, p_new_hash text,
    p_session uuid, p_token_hash text, p_expires_at timestamptz, p_address text, p_user_agent text,
    p_step bigint, p_recovery_hash text, p_new_secret text)
  returns table (id uuid, email text, name text, role data.user_role, active boolean,
                 version integer, created_at timestamptz, updated_at timestamptz,
                 token_version integer)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_user data.users;
begin
  select u.* into v_user from data.users u
   where u.id = p_user and u.active and u.password_hash = p_compared_hash for no key update;
  if not found then
    return;
  end if;
  if exists (select from data.totp_secrets t
              where t.user_id = p_user and t.confirmed_at is not null)
     and not private.use_totp_code(p_user, p_step, p_recovery_hash) then
    return;
  end if;
  if p_new_secret is not null then
    update data.totp_secrets t set secret = p_new_secret where t.user_id = p_user;
  end if;
  if p_new_hash is not null then
    perform set_config('app.rehash', 'on', true);
    update data.users u set password_hash = p_new_hash where u.id = p_user returning u.* into v_user;
    perform set_config('app.rehash', '', true);
  end if;
  insert into data.sessions (id, user_id, expires_at, address, user_agent)
       values (p_session, p_user, p_expires_at, left(p_address, 100), left(p_user_agent, 255));
  insert into data.refresh_tokens (token_hash, session_id, expires_at)
       values (p_token_hash, p_session, p_expires_at);
  -- A login is never refused for the number of sessions: those that were used least recently end.
  update data.sessions s set revoked_at = now(), revoked_reason = 'too many'
   where s.id in (select o.id from data.sessions o
                   where o.user_id = p_user and o.revoked_at is null and o.expires_at > now()
                   order by (o.id = p_session) desc, o.last_used_at desc, o.id desc
                  offset 50);
  return query select v_user.id, v_user.email, v_user.name, v_user.role, v_user.active,
                      v_user.version, v_user.created_at, v_user.updated_at, v_user.token_version;
end
$$;
grant execute on function
    api.start_session(uuid, text, text, uuid, text, timestamptz, text, text, bigint, text, text)
  to app_login;

-- The successor is computed from the token, so a request whose response was lost gets the same one
-- again for ten seconds, as long as the successor is unused. Any other second use means that the token
-- was copied, and revokes the session. p_earlier_next is the successor under the previous secret. No
-- session lives longer than p_max_days, however often it is refreshed.
create function api.rotate_refresh_token(
    p_token_hash text, p_next text, p_earlier_next text, p_expires_at timestamptz, p_max_days integer)
  returns table (outcome text, user_id uuid, session_id uuid, role data.user_role,
                 token_version integer, next_hash text, expires_at timestamptz)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_token data.refresh_tokens;
  v_next data.refresh_tokens;
  v_session data.sessions;
  v_user data.users;
  v_ends_at timestamptz;
  v_outcome text;
begin
  select t.* into v_token from data.refresh_tokens t where t.token_hash = p_token_hash for update;
  if not found then
    return query select 'unknown', null::uuid, null::uuid, null::data.user_role, null::integer,
                        null::text, null::timestamptz;
    return;
  end if;
  select s.* into v_session from data.sessions s where s.id = v_token.session_id for update;
  select u.* into v_user from data.users u where u.id = v_session.user_id;
  v_ends_at := v_session.created_at + make_interval(days => p_max_days);
  if v_session.revoked_at is not null then
    v_outcome := 'revoked';
  elsif not v_user.active then
    v_outcome := 'inactive';
  elsif v_token.used_at is not null then
    select t.* into v_next from data.refresh_tokens t
     where t.token_hash in (p_next, p_earlier_next) and t.session_id = v_session.id
       and t.used_at is null;
    if found and v_token.used_at > clock_timestamp() - interval '10 seconds' then
      v_outcome := 'repeated';
    else
      update data.sessions s set revoked_at = now(), revoked_reason = 'reuse'
       where s.id = v_session.id;
      v_outcome := 'reused';
      v_next := null;
    end if;
  elsif v_token.expires_at <= now() or v_ends_at <= now() then
    v_outcome := 'expired';
  else
    update data.refresh_tokens t set used_at = clock_timestamp() where t.token_hash = p_token_hash;
    insert into data.refresh_tokens as t (token_hash, session_id, expires_at)
         values (p_next, v_session.id, least(p_expires_at, v_ends_at)) returning t.* into v_next;
    update data.sessions s set expires_at = least(p_expires_at, v_ends_at), last_used_at = now()
     where s.id = v_session.id;
    v_outcome := 'rotated';
  end if;
  return query select v_outcome, v_user.id, v_session.id, v_user.role, v_user.token_version,
                      v_next.token_hash, v_next.expires_at;
end
$$;
grant execute on function api.rotate_refresh_token(text, text, text, timestamptz, integer)
  to app_login;

create function api.own_password_hash() returns text
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select password_hash from data.users where id = data.user_id()
$$;
grant execute on function api.own_password_hash() to app_viewer, app_analyst, app_admin;

-- The new token version; null where another request changed the password first.
create function api.change_own_password(p_compared_hash text, p_new_hash text, p_api_keys boolean)
  returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_token_version integer;
begin
  perform set_config('app.keep_session', private.session_id()::text, true);
  update data.users set password_hash = p_new_hash
   where id = data.user_id() and password_hash = p_compared_hash
  returning token_version into v_token_version;
  if p_api_keys and v_token_version is not null then
    perform private.sign_out(data.user_id(), private.session_id(), true, 'password');
  end if;
  return v_token_version;
end
$$;
grant execute on function api.change_own_password(text, text, boolean)
  to app_viewer, app_analyst, app_admin;
