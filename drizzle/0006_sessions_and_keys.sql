-- Refresh tokens that forgive a lost answer, sessions that can be seen and ended, keys for machines,
-- and the second factor.

-- Sessions ---------------------------------------------------------------------------------------

-- Refresh tokens outlive the epoch, so their sessions end with the password and with the account.
-- app.keep_session names the session that changes its own password.
create or replace function book.after_user_update() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not new.active or (new.session_epoch <> old.session_epoch
                        and new.password_hash <> old.password_hash) then
    update book.sessions
       set revoked_at = now(),
           revoked_reason = case when new.active then 'password' else 'deactivated' end
     where user_id = new.id
       and revoked_at is null
       and id is distinct from nullif(current_setting('app.keep_session', true), '')::uuid;
  end if;
  return null;
end
$$;
--> statement-breakpoint
create or replace function app.end_session() returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  update book.sessions set revoked_at = now(), revoked_reason = 'logout'
   where id = app.session_id() and user_id = app.user_id() and revoked_at is null
$$;
--> statement-breakpoint
create view app.own_sessions as
  select id, user_id, created_at, expires_at, last_used_at, address, user_agent,
         coalesce(id = (select app.session_id()), false) as current
    from book.sessions
   where user_id = (select app.user_id()) and revoked_at is null and expires_at > now();
--> statement-breakpoint
create view app.all_sessions as
  select id, user_id, created_at, expires_at, last_used_at, address, user_agent,
         coalesce(id = (select app.session_id()), false) as current
    from book.sessions
   where revoked_at is null and expires_at > now();
--> statement-breakpoint
-- Ends one session of the caller, or with null all but the one that asks. Returns how many.
create function app.end_own_sessions(p_session uuid) returns integer
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  with ended as (
    update book.sessions set revoked_at = now(), revoked_reason = 'revoked'
     where user_id = app.user_id() and revoked_at is null and expires_at > now()
       and case when p_session is null then id is distinct from app.session_id()
                else id = p_session end
    returning 1
  )
  select count(*)::integer from ended
$$;
--> statement-breakpoint
-- For admins: ends one session of anybody, or all of one user but the one that asks.
create function app.end_any_sessions(p_user uuid, p_session uuid) returns integer
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  with ended as (
    update book.sessions set revoked_at = now(), revoked_reason = 'revoked'
     where revoked_at is null and expires_at > now()
       and case when p_session is null
                then user_id = p_user and id is distinct from app.session_id()
                else id = p_session end
    returning 1
  )
  select count(*)::integer from ended
$$;
--> statement-breakpoint

-- Refresh tokens ---------------------------------------------------------------------------------

-- A refresh token is good for one use. The successor is computed from it, so a request whose answer
-- was lost is answered again for ten seconds, as long as nobody used the successor. Any other second
-- use ends the session: whoever holds the token copied it. The outcome is a row and no error,
-- because an error would undo that. p_earlier_next is the successor under the secret before.
drop function app.rotate_refresh_token(text, text, timestamptz);
--> statement-breakpoint
create function app.rotate_refresh_token(
    p_token_hash text, p_next text, p_earlier_next text, p_expires_at timestamptz)
  returns table (outcome text, user_id uuid, session_id uuid, role book.user_role,
                 session_epoch integer, next_hash text, expires_at timestamptz)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_token book.refresh_tokens;
  v_next book.refresh_tokens;
  v_session book.sessions;
  v_user book.users;
  v_outcome text;
begin
  select t.* into v_token from book.refresh_tokens t where t.token_hash = p_token_hash for update;
  if not found then
    return query select 'unknown', null::uuid, null::uuid, null::book.user_role, null::integer,
                        null::text, null::timestamptz;
    return;
  end if;
  select s.* into v_session from book.sessions s where s.id = v_token.session_id for update;
  select u.* into v_user from book.users u where u.id = v_session.user_id;
  if v_session.revoked_at is not null then
    v_outcome := 'ended';
  elsif not v_user.active then
    v_outcome := 'inactive';
  elsif v_token.used_at is not null then
    select t.* into v_next from book.refresh_tokens t
     where t.token_hash in (p_next, p_earlier_next) and t.session_id = v_session.id
       and t.used_at is null;
    if found and v_token.used_at > clock_timestamp() - interval '10 seconds' then
      v_outcome := 'repeated';
    else
      update book.sessions s set revoked_at = now(), revoked_reason = 'reuse'
       where s.id = v_session.id;
      v_outcome := 'reused';
      v_next := null;
    end if;
  elsif v_token.expires_at <= now() then
    v_outcome := 'ended';
  else
    update book.refresh_tokens t set used_at = clock_timestamp() where t.token_hash = p_token_hash;
    insert into book.refresh_tokens as t (token_hash, session_id, expires_at)
         values (p_next, v_session.id, p_expires_at) returning t.* into v_next;
    update book.sessions s set expires_at = p_expires_at, last_used_at = now()
     where s.id = v_session.id;
    v_outcome := 'rotated';
  end if;
  return query select v_outcome, v_user.id, v_session.id, v_user.role, v_user.session_epoch,
                      v_next.token_hash, v_next.expires_at;
end
$$;
--> statement-breakpoint

-- The second factor ------------------------------------------------------------------------------

-- Takes a code of somebody: a time step that is later than the last one taken, or a recovery code
-- that was not used. The Worker has compared the code; that none counts twice is decided here.
create function book.take_second_factor(p_user uuid, p_step bigint, p_recovery_hash text)
  returns boolean
  language plpgsql
as $$
begin
  if p_step is not null then
    update book.totp_secrets t set last_step = p_step
     where t.user_id = p_user and t.confirmed_at is not null
       and (t.last_step is null or t.last_step < p_step);
    return found;
  end if;
  update book.recovery_codes r set used_at = now()
   where r.user_id = p_user and r.code_hash = p_recovery_hash and r.used_at is null
     and exists (select from book.totp_secrets t
                  where t.user_id = p_user and t.confirmed_at is not null);
  return found;
end
$$;
--> statement-breakpoint
drop function app.find_credentials(text);
--> statement-breakpoint
create function app.find_credentials(p_email text)
  returns table (user_id uuid, password_hash text, active boolean, totp_secret text)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select u.id, u.password_hash, u.active, t.secret
    from book.users u
    left join book.totp_secrets t on t.user_id = u.id and t.confirmed_at is not null
   where u.email = p_email
$$;
--> statement-breakpoint
drop function app.start_session(uuid, text, text, uuid, text, timestamptz);
--> statement-breakpoint
-- No row where the account was deactivated, its password changed since the hash was compared, or it
-- has a second factor whose code is missing or was taken before.
-- p_new_hash, where given, replaces a hash of an older cost and leaves other sessions alone;
-- p_new_secret is the second factor's secret, encrypted anew.
create function app.start_session(
    p_user uuid, p_compared_hash text, p_new_hash text,
    p_session uuid, p_token_hash text, p_expires_at timestamptz, p_address text, p_user_agent text,
    p_step bigint, p_recovery_hash text, p_new_secret text)
  returns table (id uuid, email text, name text, role book.user_role, active boolean,
                 version integer, created_at timestamptz, updated_at timestamptz,
                 session_epoch integer)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_user book.users;
begin
  select u.* into v_user from book.users u
   where u.id = p_user and u.active and u.password_hash = p_compared_hash for no key update;
  if not found then
    return;
  end if;
  if exists (select from book.totp_secrets t
              where t.user_id = p_user and t.confirmed_at is not null)
     and not book.take_second_factor(p_user, p_step, p_recovery_hash) then
    return;
  end if;
  if p_new_secret is not null then
    update book.totp_secrets t set secret = p_new_secret where t.user_id = p_user;
  end if;
  if p_new_hash is not null then
    perform set_config('app.rehash', 'on', true);
    update book.users u set password_hash = p_new_hash where u.id = p_user returning u.* into v_user;
    perform set_config('app.rehash', '', true);
  end if;
  insert into book.sessions (id, user_id, expires_at, address, user_agent)
       values (p_session, p_user, p_expires_at, left(p_address, 100), left(p_user_agent, 255));
  insert into book.refresh_tokens (token_hash, session_id, expires_at)
       values (p_token_hash, p_session, p_expires_at);
  return query select v_user.id, v_user.email, v_user.name, v_user.role, v_user.active,
                      v_user.version, v_user.created_at, v_user.updated_at, v_user.session_epoch;
end
$$;
--> statement-breakpoint
-- What the Worker needs to compare a password and a code of the caller.
create function app.own_second_factor()
  returns table (password_hash text, secret text, confirmed_at timestamptz, codes_left integer)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select u.password_hash, t.secret, t.confirmed_at,
         (select count(*)::integer from book.recovery_codes r
           where r.user_id = u.id and r.used_at is null)
    from book.users u left join book.totp_secrets t on t.user_id = u.id
   where u.id = app.user_id()
$$;
--> statement-breakpoint
-- False where the password changed meanwhile, or a second factor is in use already.
create function app.start_totp(p_compared_hash text, p_secret text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform from book.users
    where id = app.user_id() and password_hash = p_compared_hash for no key update;
  if not found then
    return false;
  end if;
  insert into book.totp_secrets as t (user_id, secret) values (app.user_id(), p_secret)
  on conflict (user_id) do update set secret = excluded.secret, created_at = now()
   where t.confirmed_at is null;
  return found;
end
$$;
--> statement-breakpoint
-- False where the secret is another one by now, or was confirmed before.
create function app.confirm_totp(p_secret text, p_step bigint, p_code_hashes text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update book.totp_secrets set confirmed_at = now(), last_step = p_step
   where user_id = app.user_id() and secret = p_secret and confirmed_at is null;
  if not found then
    return false;
  end if;
  delete from book.recovery_codes where user_id = app.user_id();
  insert into book.recovery_codes (user_id, code_hash)
       select app.user_id(), code from unnest(string_to_array(p_code_hashes, ',')) code;
  return true;
end
$$;
--> statement-breakpoint
-- False where the password changed meanwhile, or the code was taken before.
create function app.remove_totp(p_compared_hash text, p_step bigint, p_recovery_hash text)
  returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform from book.users
    where id = app.user_id() and password_hash = p_compared_hash for no key update;
  if not found or not book.take_second_factor(app.user_id(), p_step, p_recovery_hash) then
    return false;
  end if;
  delete from book.recovery_codes where user_id = app.user_id();
  delete from book.totp_secrets where user_id = app.user_id();
  return true;
end
$$;
--> statement-breakpoint
-- For admins: somebody lost both the device and the codes.
create function app.remove_any_totp(p_user uuid) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  delete from book.recovery_codes where user_id = p_user;
  delete from book.totp_secrets where user_id = p_user and confirmed_at is not null;
  return found;
end
$$;
--> statement-breakpoint
-- Where the setting asks admins for a second factor: raises EB008 for one who has none.
create function app.require_second_factor() returns void
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select from book.users u where u.id = app.user_id() and u.role = 'admin')
     and not exists (select from book.totp_secrets t
                      where t.user_id = app.user_id() and t.confirmed_at is not null) then
    raise exception 'admins need a second factor' using errcode = 'EB008';
  end if;
end
$$;
--> statement-breakpoint
-- That it was set up, removed or replaced by a recovery code; never the secret or the code.
create function book.audit_second_factor() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_user uuid;
  v_action text;
begin
  if tg_table_name = 'recovery_codes' then
    v_user := new.user_id;
    v_action := 'user.recovery_code_used';
  elsif tg_op = 'DELETE' then
    v_user := old.user_id;
    v_action := 'user.totp_disabled';
  else
    v_user := new.user_id;
    v_action := 'user.totp_enabled';
  end if;
  if exists (select from book.users u where u.id = v_user) then
    perform book.append_audit(row(v_user, v_user, v_action, 'user', v_user, null, null)::book.audit_input);
  end if;
  return null;
end
$$;
--> statement-breakpoint
create trigger audit_totp_enabled after update on book.totp_secrets
  for each row when (old.confirmed_at is null and new.confirmed_at is not null)
  execute function book.audit_second_factor();
--> statement-breakpoint
create trigger audit_totp_disabled after delete on book.totp_secrets
  for each row when (old.confirmed_at is not null)
  execute function book.audit_second_factor();
--> statement-breakpoint
create trigger audit_recovery_code after update on book.recovery_codes
  for each row when (old.used_at is null and new.used_at is not null)
  execute function book.audit_second_factor();
--> statement-breakpoint

-- Keys for machines ------------------------------------------------------------------------------

create view app.own_api_keys as
  select id, user_id, name, prefix, role, access, created_at, expires_at, last_used_at, revoked_at
    from book.api_keys
   where user_id = (select app.user_id());
--> statement-breakpoint
create view app.all_api_keys as
  select id, user_id, name, prefix, role, access, created_at, expires_at, last_used_at, revoked_at
    from book.api_keys;
--> statement-breakpoint
-- Raises EB007 where the key is none (any more) or may more than its owner, EB002 where the owner is
-- not active. Says at most once a minute that the key was used: readers that find the row busy, or
-- changed behind their snapshot, leave that to whoever was faster.
create function app.check_key(p_key uuid, p_user uuid, p_hash text, p_role text)
  returns book.api_key_access
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  found_key record;
begin
  select k.access, k.role, k.expires_at, k.revoked_at, k.last_used_at,
         u.role owner_role, u.active into found_key
    from book.api_keys k join book.users u on u.id = k.user_id
   where k.id = p_key and k.user_id = p_user and k.key_hash = p_hash and k.role::text = p_role;
  if not found then
    raise exception 'unknown key' using errcode = 'EB007';
  elsif not found_key.active then
    raise exception 'account is not active' using errcode = 'EB002';
  elsif found_key.revoked_at is not null or found_key.expires_at <= now()
        or found_key.role > found_key.owner_role then
    raise exception 'key has ended' using errcode = 'EB007';
  end if;
  if coalesce(found_key.last_used_at < now() - interval '1 minute', true) then
    begin
      update book.api_keys set last_used_at = now()
       where id = (select id from book.api_keys where id = p_key for no key update skip locked);
    exception
      when serialization_failure then null;
    end;
  end if;
  return found_key.access;
end
$$;
--> statement-breakpoint
-- What app.authenticate is for sessions. The transaction of a read, and every one of a key that may
-- only read, is closed for writing once the use of the key is noted.
create function app.authenticate_key(
    p_key uuid, p_user uuid, p_hash text, p_role text, p_read_only boolean)
  returns text
  language plpgsql
as $$
declare
  v_access text := app.check_key(p_key, p_user, p_hash, p_role);
begin
  perform set_config('app.user_id', p_user::text, true),
          set_config('app.api_key_id', p_key::text, true),
          set_config('statement_timeout', '10s', true),
          set_config('lock_timeout', '5s', true),
          set_config('role', 'app_' || p_role, true);
  if p_read_only or v_access = 'read' then
    perform set_config('transaction_read_only', 'on', true);
  end if;
  return p_role;
end
$$;
--> statement-breakpoint
-- Raises 42501 where the key would have a role above that of its owner.
create function app.create_api_key(
    p_id uuid, p_name text, p_prefix text, p_role text, p_access text, p_hash text,
    p_expires_at timestamptz)
  returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform from book.users u
    where u.id = app.user_id() and u.role >= p_role::book.user_role for key share;
  if not found then
    raise exception 'a key has at most the role of its owner' using errcode = '42501';
  end if;
  insert into book.api_keys (id, user_id, name, prefix, role, access, key_hash, expires_at)
       values (p_id, app.user_id(), p_name, p_prefix, p_role::book.user_role,
               p_access::book.api_key_access, p_hash, p_expires_at);
end
$$;
--> statement-breakpoint
create function app.revoke_own_api_key(p_id uuid) returns integer
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  with ended as (
    update book.api_keys set revoked_at = now()
     where id = p_id and user_id = app.user_id() and revoked_at is null
    returning 1
  )
  select count(*)::integer from ended
$$;
--> statement-breakpoint
create function app.revoke_any_api_key(p_id uuid) returns integer
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  with ended as (
    update book.api_keys set revoked_at = now() where id = p_id and revoked_at is null
    returning 1
  )
  select count(*)::integer from ended
$$;
--> statement-breakpoint
-- What is answered to a second creation under the same idempotency key: the key without its secret.
create function app.keep_api_key(p_key text, p_outcome text, p_id uuid) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  update book.idempotency_keys i
     set outcome = p_outcome,
         result = jsonb_build_object('entity', 'api_key', 'row', (
           select to_jsonb(k) - 'key_hash' from book.api_keys k
            where k.id = p_id and k.user_id = app.user_id()))
   where i.user_id = app.user_id() and i.key = p_key
$$;
--> statement-breakpoint
create function book.audit_api_key() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    perform book.append_audit(row(new.user_id, new.user_id, 'api_key.created', 'api_key', new.id, null,
                              to_jsonb(new) - 'key_hash')::book.audit_input);
  elsif new.revoked_at is not null and old.revoked_at is null then
    perform book.append_audit(row(new.user_id, new.user_id, 'api_key.revoked', 'api_key', new.id,
                              to_jsonb(old) - 'key_hash', to_jsonb(new) - 'key_hash')::book.audit_input);
  end if;
  return null;
end
$$;
--> statement-breakpoint
create trigger audit_api_key after insert or update on book.api_keys
  for each row execute function book.audit_api_key();
--> statement-breakpoint
-- A key that leaked must not outlive its revocation: behind it nobody makes users, sessions or keys,
-- and nobody touches a password or a second factor, whatever the role of the key.
create function book.refuse_keys() returns trigger
  language plpgsql
as $$
begin
  if coalesce(current_setting('app.api_key_id', true), '') <> '' then
    raise exception 'not with a key' using errcode = '42501';
  end if;
  return null;
end
$$;
--> statement-breakpoint
create trigger not_with_a_key before insert or update or delete on book.users
  for each statement execute function book.refuse_keys();
--> statement-breakpoint
create trigger not_with_a_key before insert or update or delete on book.sessions
  for each statement execute function book.refuse_keys();
--> statement-breakpoint
create trigger not_with_a_key before insert or update or delete on book.refresh_tokens
  for each statement execute function book.refuse_keys();
--> statement-breakpoint
create trigger not_with_a_key before insert or update or delete on book.api_keys
  for each statement execute function book.refuse_keys();
--> statement-breakpoint
create trigger not_with_a_key before insert or update or delete on book.totp_secrets
  for each statement execute function book.refuse_keys();
--> statement-breakpoint
create trigger not_with_a_key before insert or update or delete on book.recovery_codes
  for each statement execute function book.refuse_keys();
--> statement-breakpoint

-- Grants -----------------------------------------------------------------------------------------

revoke all on all functions in schema app from public;
--> statement-breakpoint
revoke all on all functions in schema book from public;
--> statement-breakpoint
grant execute on function
    app.find_credentials(text),
    app.start_session(uuid, text, text, uuid, text, timestamptz, text, text, bigint, text, text),
    app.rotate_refresh_token(text, text, text, timestamptz),
    app.check_key(uuid, uuid, text, text),
    app.authenticate_key(uuid, uuid, text, text, boolean)
  to app;
--> statement-breakpoint
grant execute on function
    app.end_own_sessions(uuid),
    app.own_second_factor(), app.start_totp(text, text), app.confirm_totp(text, bigint, text),
    app.remove_totp(text, bigint, text), app.require_second_factor(),
    app.create_api_key(uuid, text, text, text, text, text, timestamptz),
    app.revoke_own_api_key(uuid), app.keep_api_key(text, text, uuid)
  to app_viewer, app_analyst, app_admin;
--> statement-breakpoint
-- Stops a write that found nothing, so that nothing of it is kept.
create function app.require_found(p_count integer) returns integer
  language plpgsql immutable
as $$
begin
  if coalesce(p_count, 0) = 0 then
    raise exception 'nothing was found' using errcode = 'EB404';
  end if;
  return p_count;
end
$$;
--> statement-breakpoint
revoke all on function app.require_found(integer) from public;
--> statement-breakpoint
grant execute on function app.require_found(integer) to app_viewer, app_analyst, app_admin;
--> statement-breakpoint
grant execute on function
    app.end_any_sessions(uuid, uuid), app.revoke_any_api_key(uuid), app.remove_any_totp(uuid)
  to app_admin;
--> statement-breakpoint
grant select on app.own_sessions, app.own_api_keys to app_viewer, app_analyst, app_admin;
--> statement-breakpoint
grant select on app.all_sessions, app.all_api_keys to app_admin;
