-- Devices: which devices of a user logged in before, so that their logins have a limit of their own.
--
-- Promises: a device is remembered by a login only. It is forgotten when its session is revoked other
-- than by a logout, with all others when the user signs out everywhere, gets a new password or is
-- deactivated, and when it expires. A user has at most 50; those used least recently are forgotten.
-- Called by: app_login (check_device, remember_device); app_admin (note_login_unlock).
-- Raises: EB004 no such user, EB015 step-up required.

-- Whether the token of a device is valid for an account. Says nothing of the password.
create function api.check_device(p_email text, p_device uuid) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select exists (select from data.devices d join data.users u on u.id = d.user_id
                  where d.id = p_device and u.email = p_email and d.expires_at > now())
$$;

-- Remembers the device of a session that this transaction started; does nothing where it did not.
create function api.remember_device(p_session uuid, p_device uuid, p_expires_at timestamptz)
  returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_user uuid;
begin
  select s.user_id into v_user from data.sessions s
   where s.id = p_session and s.created_at = now() and s.revoked_at is null;
  if not found then
    return;
  end if;
  insert into data.devices as d (id, user_id, session_id, expires_at)
       values (p_device, v_user, p_session, p_expires_at)
  on conflict (id) do update
     set session_id = excluded.session_id, last_used_at = now(), expires_at = excluded.expires_at
   where d.user_id = excluded.user_id;
  delete from data.devices d
   where d.user_id = v_user
     and (d.expires_at <= now()
          or d.id in (select o.id from data.devices o where o.user_id = v_user
                       order by (o.id = p_device) desc, o.last_used_at desc, o.id desc
                      offset 50));
end
$$;
grant execute on function
    api.check_device(text, uuid), api.remember_device(uuid, uuid, timestamptz)
  to app_login;

-- Forgets all devices of a user but the one of a session.
create function private.forget_devices(p_user uuid, p_except_session uuid) returns void
  language sql
as $$
  delete from data.devices
   where user_id = p_user and session_id is distinct from p_except_session
$$;

create function private.forget_devices_of_user() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not new.active or not private.is_rehash(old.password_hash, new.password_hash) then
    perform private.forget_devices(
      new.id, nullif(current_setting('app.keep_session', true), '')::uuid);
  end if;
  return null;
end
$$;
create trigger forget_devices after update on data.users
  for each row
  when (old.password_hash <> new.password_hash or (old.active and not new.active))
  execute function private.forget_devices_of_user();

create function private.forget_device_of_session() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  delete from data.devices where session_id = new.id;
  return null;
end
$$;
create trigger forget_device after update on data.sessions
  for each row
  when (old.revoked_at is null and new.revoked_at is not null
        and new.revoked_reason is distinct from 'logout'
        and new.revoked_reason is distinct from 'too many')
  execute function private.forget_device_of_session();

create trigger reject_api_keys before insert or update or delete on data.devices
  for each statement execute function private.reject_api_keys();

-- Records that an admin lets a user log in past the limit. Returns the account it is for.
create function api.note_login_unlock(p_user uuid) returns text
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_email text;
begin
  perform private.check_step_up();
  select u.email into v_email from data.users u where u.id = p_user;
  if not found then
    raise exception 'user not found' using errcode = 'EB004';
  end if;
  perform private.append_audit(row(p_user, null, 'user.login_unlocked', 'user', p_user, null,
                                   null)::private.audit_input);
  return v_email;
end
$$;
grant execute on function api.note_login_unlock(uuid) to app_admin;
