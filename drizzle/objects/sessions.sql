-- Sessions: who sees them, and how they are revoked.
--
-- Promises: a list shows sessions that are neither revoked nor expired; `current` is the caller's. A
-- revoked session is refused at its next request.
-- Called by: app_viewer, app_analyst, app_admin (own_…, revoke_current_session, sign_out_elsewhere);
-- app_admin (all_sessions, revoke_any_session, sign_out_user,
-- sign_out_for_new_password).
-- Raises: nothing of its own.

create view api.own_sessions as
  select id, user_id, created_at, expires_at, last_used_at, address, user_agent,
         coalesce(id = (select private.session_id()), false) as current
    from data.sessions
   where user_id = (select data.user_id()) and revoked_at is null and expires_at > now();
create view api.all_sessions as
  select id, user_id, created_at, expires_at, last_used_at, address, user_agent,
         coalesce(id = (select private.session_id()), false) as current
    from data.sessions
   where revoked_at is null and expires_at > now();
grant select on api.own_sessions to app_viewer, app_analyst, app_admin;
grant select on api.all_sessions to app_admin;

-- A second line of defence, should a role be granted the table by mistake.
create policy own_sessions on data.sessions for select using (user_id = (select data.user_id()));

create function api.revoke_current_session() returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  update data.sessions set revoked_at = now(), revoked_reason = 'logout'
   where id = private.session_id() and user_id = data.user_id() and revoked_at is null
$$;
grant execute on function api.revoke_current_session() to app_viewer, app_analyst, app_admin;

-- One session of the caller. Returns how many, as the next one does.
create function api.revoke_own_session(p_session uuid) returns integer
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  with revoked as (
    update data.sessions set revoked_at = now(), revoked_reason = 'revoked'
     where id = p_session and user_id = data.user_id() and revoked_at is null and expires_at > now()
    returning 1
  )
  select count(*)::integer from revoked
$$;
grant execute on function api.revoke_own_session(uuid) to app_viewer, app_analyst, app_admin;

create function api.revoke_any_session(p_session uuid) returns integer
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  with revoked as (
    update data.sessions set revoked_at = now(), revoked_reason = 'revoked'
     where id = p_session and revoked_at is null and expires_at > now()
    returning 1
  )
  select count(*)::integer from revoked
$$;
grant execute on function api.revoke_any_session(uuid) to app_admin;

-- Revokes all sessions of a user but one, and on request the API keys, which outlive sessions. The
-- result is also left in app.sign_out, for the stored response.
create function private.sign_out(p_user uuid, p_except uuid, p_api_keys boolean, p_reason text)
  returns jsonb
  language plpgsql
as $$
declare
  v_sessions integer;
  v_revoked integer := 0;
  v_active integer;
  v_result jsonb;
begin
  update data.sessions set revoked_at = now(), revoked_reason = p_reason
   where user_id = p_user and revoked_at is null and expires_at > now()
     and id is distinct from p_except;
  get diagnostics v_sessions = row_count;
  perform private.forget_devices(p_user, p_except);
  if p_api_keys then
    update data.api_keys set revoked_at = now()
     where user_id = p_user and revoked_at is null and coalesce(expires_at > now(), true);
    get diagnostics v_revoked = row_count;
  end if;
  select count(*) into v_active from data.api_keys k
   where k.user_id = p_user and k.revoked_at is null and coalesce(k.expires_at > now(), true);
  v_result := jsonb_build_object('revoked_sessions', v_sessions, 'revoked_api_keys', v_revoked,
                                 'active_api_keys', v_active);
  perform set_config('app.sign_out', v_result::text, true);
  return v_result;
end
$$;

create function api.sign_out_elsewhere(p_api_keys boolean) returns jsonb
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select private.sign_out(data.user_id(), private.session_id(), p_api_keys, 'revoked')
$$;
grant execute on function api.sign_out_elsewhere(boolean) to app_viewer, app_analyst, app_admin;

create function api.sign_out_user(p_user uuid, p_api_keys boolean) returns jsonb
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select private.sign_out(p_user, private.session_id(), p_api_keys, 'revoked')
$$;

-- Before a new password, which would revoke the sessions without a count.
create function api.sign_out_for_new_password(p_user uuid, p_api_keys boolean) returns jsonb
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select private.sign_out(p_user, null, p_api_keys, 'password')
$$;
grant execute on function
    api.sign_out_user(uuid, boolean), api.sign_out_for_new_password(uuid, boolean)
  to app_admin;

create function private.audit_session() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_action text;
begin
  if tg_op = 'INSERT' then
    perform private.append_audit(row(
      new.user_id, new.user_id, 'session.started', 'session', new.id, null,
      to_jsonb(new))::private.audit_input);
    return null;
  end if;
  v_action := case
    when new.revoked_at is not null and old.revoked_at is null then 'session.revoked'
    when new.revoked_at is distinct from old.revoked_at then 'session.restored'
    when new.verified_at <> old.verified_at then 'session.verified'
    end;
  if v_action is not null then
    perform private.append_audit(row(
      new.user_id, new.user_id, v_action, 'session', new.id,
      to_jsonb(old), to_jsonb(new))::private.audit_input);
  end if;
  return null;
end
$$;
create trigger audit_session after insert or update on data.sessions
  for each row execute function private.audit_session();
