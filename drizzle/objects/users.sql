-- Users: who sees them, and what follows from a change.
--
-- Promises: a change of role, password or active flag raises token_version, which invalidates access
-- tokens issued before. A new password or a deactivation also revokes sessions. There is always an
-- active admin.
-- Called by: app_viewer, app_analyst, app_admin (own_profile); app_admin (all_users).
-- Raises: EB003 the last active admin.

create view api.own_profile as
  select id, email, name, role, active, version, created_at, updated_at
    from data.users
   where id = (select data.user_id());
create view api.all_users as
  select id, email, name, role, active, version, created_at, updated_at, password_hash
    from data.users;
grant select on api.own_profile to app_viewer, app_analyst, app_admin;
-- Admins set password hashes and do not read them.
grant select (id, email, name, role, active, version, created_at, updated_at)
  on api.all_users to app_admin;
grant insert (id, email, name, role, active, password_hash) on api.all_users to app_admin;
grant update (name, role, active, password_hash) on api.all_users to app_admin;

-- What was done to the account of the caller in the last 30 days, newest first. Not for API keys: they
-- may be in the hands of others.
create view api.own_account_events as
  select l.id, l.occurred_at, l.action,
         case when l.actor_id is null then 'system'
              when l.actor_id = l.owner_id then 'self' else 'admin' end done_by,
         case when l.actor_id = l.owner_id then l.address end address
    from data.audit_log l
   where l.owner_id = (select data.user_id()) and l.entity in ('user', 'api_key')
     and l.occurred_at > now() - interval '30 days'
     and coalesce(current_setting('app.api_key_id', true), '') = '';
grant select on api.own_account_events to app_viewer, app_analyst, app_admin;

-- A second line of defence, should a role be granted the table by mistake.
create policy own_row on data.users for select using (id = (select data.user_id()));

create function private.bcrypt_cost(hash text) returns integer
  language sql immutable
  return substring(hash from '^\$2[aby]\$(\d\d)\$')::integer;

-- A login stores the same password with a higher cost, which app.rehash says: not a change. Roles of the
-- API cannot claim that.
create function private.is_rehash(old_hash text, new_hash text) returns boolean
  language sql stable
  return coalesce(current_setting('app.rehash', true) = 'on' and current_setting('role') = 'none'
                  and private.bcrypt_cost(new_hash) > private.bcrypt_cost(old_hash), false);

create function private.before_user_update() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_ignored text[] := array['version', 'updated_at', 'password_hash'];
begin
  new.token_version := old.token_version;
  if (new.role, new.active) is distinct from (old.role, old.active)
     or (new.password_hash <> old.password_hash
         and not private.is_rehash(old.password_hash, new.password_hash)) then
    new.token_version := old.token_version + 1;
  end if;
  if to_jsonb(new) - v_ignored <> to_jsonb(old) - v_ignored then
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  return new;
end
$$;
create trigger before_user_update before update on data.users
  for each row execute function private.before_user_update();

-- Refresh tokens carry no token version, so their sessions are revoked. app.keep_session names the
-- session that changes its own password.
create function private.after_user_update() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not new.active or (new.token_version <> old.token_version
                        and new.password_hash <> old.password_hash) then
    update data.sessions
       set revoked_at = now(),
           revoked_reason = case when new.active then 'password' else 'deactivated' end
     where user_id = new.id
       and revoked_at is null
       and id is distinct from nullif(current_setting('app.keep_session', true), '')::uuid;
  end if;
  return null;
end
$$;
create trigger after_user_update after update on data.users
  for each row execute function private.after_user_update();

-- The lock makes two requests at once wait for each other; each then counts with a new snapshot.
create function private.prevent_last_admin_removal() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'UPDATE' and new.role = 'admin' and new.active then
    return new;
  end if;
  perform pg_advisory_xact_lock(hashtext('edgebook: last admin'));
  if not exists (select from data.users
                  where role = 'admin' and active and id <> old.id) then
    raise exception 'the last active admin cannot be removed' using errcode = 'EB003';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end
$$;
create trigger prevent_last_admin_removal_on_update before update on data.users
  for each row when (old.role = 'admin' and old.active)
  execute function private.prevent_last_admin_removal();
create trigger prevent_last_admin_removal_on_delete before delete on data.users
  for each row when (old.role = 'admin' and old.active)
  execute function private.prevent_last_admin_removal();

-- A user as the audit log shows it: never the password hash; that it changed is an action of its own.
create function private.audited_user(u data.users) returns jsonb
  language sql immutable
  return to_jsonb(u) - 'password_hash';

-- A new password is an entry of its own, whatever else the same statement changed.
create function private.audit_user() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_rehashed boolean;
  v_derived text[] := array['version', 'updated_at', 'token_version'];
begin
  if tg_op = 'INSERT' then
    perform private.append_audit(row(new.id, null, 'user.created', 'user', new.id, null,
                                 private.audited_user(new))::private.audit_input);
  elsif tg_op = 'DELETE' then
    perform private.append_audit(row(old.id, null, 'user.deleted', 'user', old.id,
                                 private.audited_user(old), null)::private.audit_input);
  else
    if new.password_hash <> old.password_hash then
      v_rehashed := private.is_rehash(old.password_hash, new.password_hash);
      perform private.append_audit(row(
        new.id, case when v_rehashed then new.id end,
        case when v_rehashed then 'user.password_rehashed' else 'user.password_changed' end,
        'user', new.id, private.audited_user(old), private.audited_user(new))::private.audit_input);
    end if;
    if private.audited_user(new) - v_derived <> private.audited_user(old) - v_derived then
      perform private.append_audit(row(
        new.id, null, 'user.updated', 'user', new.id,
        private.audited_user(old), private.audited_user(new))::private.audit_input);
    end if;
  end if;
  return null;
end
$$;
create trigger audit_user after insert or update or delete on data.users
  for each row execute function private.audit_user();
