-- Two-factor authentication: TOTP secrets and recovery codes.
--
-- Promises: it is on from the first confirmed code. Turning it on or off needs the password that was
-- compared, and turning it off also a code that was not used before. The audit log says that it
-- changed, never a secret or a code.
-- Called by: app_viewer, app_analyst, app_admin (own); app_admin (remove_any_totp).
-- Raises: nothing of its own; the functions return false.

-- What the Worker needs to compare a password and a code of the caller.
create function api.own_totp()
  returns table (password_hash text, secret text, confirmed_at timestamptz, codes_left integer)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select u.password_hash, t.secret, t.confirmed_at,
         (select count(*)::integer from data.recovery_codes r
           where r.user_id = u.id and r.used_at is null)
    from data.users u left join data.totp_secrets t on t.user_id = u.id
   where u.id = data.user_id()
$$;

-- False where the password changed since, or two-factor authentication is on.
create function api.start_totp(p_compared_hash text, p_secret text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform from data.users
    where id = data.user_id() and password_hash = p_compared_hash for no key update;
  if not found then
    return false;
  end if;
  insert into data.totp_secrets as t (user_id, secret) values (data.user_id(), p_secret)
  on conflict (user_id) do update set secret = excluded.secret, created_at = now()
   where t.confirmed_at is null;
  return found;
end
$$;

-- False where the secret was replaced or confirmed since.
create function api.confirm_totp(p_secret text, p_step bigint, p_code_hashes text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update data.totp_secrets set confirmed_at = now(), last_step = p_step
   where user_id = data.user_id() and secret = p_secret and confirmed_at is null;
  if not found then
    return false;
  end if;
  delete from data.recovery_codes where user_id = data.user_id();
  insert into data.recovery_codes (user_id, code_hash)
       select data.user_id(), code from unnest(string_to_array(p_code_hashes, ',')) code;
  return true;
end
$$;

-- False where the password changed since, or the code was used before.
create function api.remove_totp(p_compared_hash text, p_step bigint, p_recovery_hash text)
  returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform from data.users
    where id = data.user_id() and password_hash = p_compared_hash for no key update;
  if not found or not private.use_totp_code(data.user_id(), p_step, p_recovery_hash) then
    return false;
  end if;
  delete from data.recovery_codes where user_id = data.user_id();
  delete from data.totp_secrets where user_id = data.user_id();
  return true;
end
$$;

grant execute on function
    api.own_totp(), api.start_totp(text, text), api.confirm_totp(text, bigint, text),
    api.remove_totp(text, bigint, text)
  to app_viewer, app_analyst, app_admin;

-- For a user who lost both the device and the codes.
create function api.remove_any_totp(p_user uuid) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  delete from data.recovery_codes where user_id = p_user;
  delete from data.totp_secrets where user_id = p_user and confirmed_at is not null;
  return found;
end
$$;
grant execute on function api.remove_any_totp(uuid) to app_admin;

-- Every change of a secret in use, whatever statement makes it. A secret that a login encrypts with a new
-- key counts as replaced: only the Worker could tell that it is the same.
create function private.audit_totp() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_user uuid := coalesce(new.user_id, old.user_id);
  v_action text := case
    when old.confirmed_at is null and new.confirmed_at is not null then 'user.totp_enabled'
    when old.confirmed_at is not null and new.confirmed_at is null then 'user.totp_disabled'
    when old.confirmed_at is not null then 'user.totp_secret_replaced'
    end;
begin
  if v_action is not null and exists (select from data.users u where u.id = v_user) then
    perform private.append_audit(row(v_user, v_user, v_action, 'user', v_user, null,
                                     null)::private.audit_input);
  end if;
  return null;
end
$$;
create trigger audit_totp after insert or delete on data.totp_secrets
  for each row execute function private.audit_totp();
create trigger audit_totp_update after update on data.totp_secrets
  for each row
  when (old.confirmed_at is distinct from new.confirmed_at or old.secret <> new.secret
        or new.last_step < old.last_step or (old.last_step is not null and new.last_step is null))
  execute function private.audit_totp();

create function private.audit_recovery_code() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.append_audit(row(
    new.user_id, new.user_id,
    case when old.used_at is null and new.used_at is not null and old.code_hash = new.code_hash
         then 'user.recovery_code_used' else 'user.recovery_codes_changed' end,
    'user', new.user_id, null, null)::private.audit_input);
  return null;
end
$$;
create trigger audit_recovery_code after update on data.recovery_codes
  for each row execute function private.audit_recovery_code();

-- One entry per user, however many codes.
create function private.audit_recovery_codes() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_user uuid;
begin
  for v_user in
    select distinct c.user_id from changed c join data.users u on u.id = c.user_id order by 1
  loop
    perform private.append_audit(row(
      v_user, v_user,
      case tg_op when 'INSERT' then 'user.recovery_codes_created'
                 else 'user.recovery_codes_deleted' end,
      'user', v_user, null, null)::private.audit_input);
  end loop;
  return null;
end
$$;
create trigger audit_recovery_codes_created after insert on data.recovery_codes
  referencing new table as changed
  for each statement execute function private.audit_recovery_codes();
create trigger audit_recovery_codes_deleted after delete on data.recovery_codes
  referencing old table as changed
  for each statement execute function private.audit_recovery_codes();
