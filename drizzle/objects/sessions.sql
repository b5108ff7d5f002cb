-- Sessions: who sees them, and how they are revoked.
--
-- Promises: a list shows sessions that are neither revoked nor expired; `current` is the caller's. A
-- revoked session is refused at its next request.
-- Called by: app_viewer, app_analyst, app_admin (own_…, revoke_current_session); app_admin (all_sessions,
-- revoke_any_sessions).
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

-- One session of the caller, or with null all but the current one. Returns how many.
create function api.revoke_own_sessions(p_session uuid) returns integer
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  with revoked as (
    update data.sessions set revoked_at = now(), revoked_reason = 'revoked'
     where user_id = data.user_id() and revoked_at is null and expires_at > now()
       and case when p_session is null then id is distinct from private.session_id()
                else id = p_session end
    returning 1
  )
  select count(*)::integer from revoked
$$;
grant execute on function api.revoke_own_sessions(uuid) to app_viewer, app_analyst, app_admin;

-- One session of any user, or with null all sessions of p_user but the current one. Returns how many.
create function api.revoke_any_sessions(p_user uuid, p_session uuid) returns integer
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  with revoked as (
    update data.sessions set revoked_at = now(), revoked_reason = 'revoked'
     where revoked_at is null and expires_at > now()
       and case when p_session is null
                then user_id = p_user and id is distinct from private.session_id()
                else id = p_session end
    returning 1
  )
  select count(*)::integer from revoked
$$;
grant execute on function api.revoke_any_sessions(uuid, uuid) to app_admin;

create function private.audit_session() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    perform private.append_audit(row(
      new.user_id, new.user_id, 'session.started', 'session', new.id, null,
      to_jsonb(new))::private.audit_input);
  elsif new.revoked_at is not null and old.revoked_at is null then
    perform private.append_audit(row(
      new.user_id, new.user_id, 'session.revoked', 'session', new.id,
      to_jsonb(old), to_jsonb(new))::private.audit_input);
  end if;
  return null;
end
$$;
create trigger audit_session after insert or update on data.sessions
  for each row execute function private.audit_session();
