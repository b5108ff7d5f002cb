-- API keys: who sees them, how they are created and revoked, and what a key can never do.
--
-- Promises: a key has at most the role of its owner. A request with a key cannot touch users, sessions,
-- keys or two-factor authentication, whatever its role: a leaked key must not outlive its revocation.
-- Called by: app_viewer, app_analyst, app_admin (own); app_admin (all_api_keys, revoke_any_api_key).
-- A user has at most 20 active keys.
-- Raises: 42501 a role above the owner's, or a request with a key; EB014 too many keys.

create view api.own_api_keys as
  select id, user_id, name, prefix, role, access, created_at, expires_at, last_used_at, revoked_at
    from data.api_keys
   where user_id = (select data.user_id());
create view api.all_api_keys as
  select id, user_id, name, prefix, role, access, created_at, expires_at, last_used_at, revoked_at
    from data.api_keys;
grant select on api.own_api_keys to app_viewer, app_analyst, app_admin;
grant select on api.all_api_keys to app_admin;

create function api.create_api_key(
    p_id uuid, p_name text, p_prefix text, p_role text, p_access text, p_hash text,
    p_expires_at timestamptz)
  returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform from data.users u
    where u.id = data.user_id() and u.role >= p_role::data.user_role for key share;
  if not found then
    raise exception 'a key has at most the role of its owner' using errcode = '42501';
  end if;
  -- Two at once must not both be the twentieth.
  perform pg_advisory_xact_lock(hashtext('edgebook: api keys'), hashtext(data.user_id()::text));
  if (select count(*) from data.api_keys k
       where k.user_id = data.user_id() and k.revoked_at is null
         and coalesce(k.expires_at > now(), true)) >= 20 then
    raise exception 'the user has 20 active API keys' using errcode = 'EB014';
  end if;
  insert into data.api_keys (id, user_id, name, prefix, role, access, key_hash, expires_at)
       values (p_id, data.user_id(), p_name, p_prefix, p_role::data.user_role,
               p_access::data.api_key_access, p_hash, p_expires_at);
end
$$;

-- Returns how many were revoked, as the next one does.
create function api.revoke_own_api_key(p_id uuid) returns integer
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  with revoked as (
    update data.api_keys set revoked_at = now()
     where id = p_id and user_id = data.user_id() and revoked_at is null
    returning 1
  )
  select count(*)::integer from revoked
$$;

create function api.revoke_any_api_key(p_id uuid) returns integer
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  with revoked as (
    update data.api_keys set revoked_at = now() where id = p_id and revoked_at is null
    returning 1
  )
  select count(*)::integer from revoked
$$;

grant execute on function
    api.create_api_key(uuid, text, text, text, text, text, timestamptz),
    api.revoke_own_api_key(uuid)
  to app_viewer, app_analyst, app_admin;
grant execute on function api.revoke_any_api_key(uuid) to app_admin;

-- Every change but that of the last use, whatever statement makes it.
create function private.audit_api_key() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_key data.api_keys := coalesce(new, old);
begin
  if tg_op = 'DELETE' and not exists (select from data.users u where u.id = v_key.user_id) then
    return null;
  end if;
  perform private.append_audit(row(
    v_key.user_id, v_key.user_id,
    case when tg_op = 'INSERT' then 'api_key.created'
         when tg_op = 'DELETE' then 'api_key.deleted'
         when new.revoked_at is not null and old.revoked_at is null then 'api_key.revoked'
         else 'api_key.updated' end,
    'api_key', v_key.id,
    to_jsonb(old) - 'key_hash', to_jsonb(new) - 'key_hash')::private.audit_input);
  return null;
end
$$;
create trigger audit_api_key after insert or delete on data.api_keys
  for each row execute function private.audit_api_key();
create trigger audit_api_key_update after update on data.api_keys
  for each row
  when ((old.user_id, old.name, old.prefix, old.role, old.access, old.key_hash, old.created_at,
         old.expires_at, old.revoked_at)
        is distinct from
        (new.user_id, new.name, new.prefix, new.role, new.access, new.key_hash, new.created_at,
         new.expires_at, new.revoked_at))
  execute function private.audit_api_key();

create function private.reject_api_keys() returns trigger
  language plpgsql
as $$
begin
  if coalesce(current_setting('app.api_key_id', true), '') <> '' then
    raise exception 'not allowed with an API key' using errcode = '42501';
  end if;
  return null;
end
$$;
create trigger reject_api_keys before insert or update or delete on data.users
  for each statement execute function private.reject_api_keys();
create trigger reject_api_keys before insert or update or delete on data.sessions
  for each statement execute function private.reject_api_keys();
create trigger reject_api_keys before insert or update or delete on data.refresh_tokens
  for each statement execute function private.reject_api_keys();
create trigger reject_api_keys before insert or update or delete on data.api_keys
  for each statement execute function private.reject_api_keys();
create trigger reject_api_keys before insert or update or delete on data.totp_secrets
  for each statement execute function private.reject_api_keys();
create trigger reject_api_keys before insert or update or delete on data.recovery_codes
  for each statement execute function private.reject_api_keys();
