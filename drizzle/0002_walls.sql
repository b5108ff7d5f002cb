-- Rules that hold whatever the API does: triggers, the views that are the wall between users, the
-- functions that may look behind it, and what each role is granted.

-- Users ------------------------------------------------------------------------------------------

create function book.before_user_update() returns trigger
  language plpgsql
as $$
begin
  new.session_epoch := old.session_epoch;
  if (new.role, new.active) is distinct from (old.role, old.active)
     or (new.password_hash <> old.password_hash
         and coalesce(current_setting('app.rehash', true), '') <> 'on') then
    new.session_epoch := old.session_epoch + 1;
  end if;
  if (new.email, new.name, new.role, new.active, new.session_epoch)
     is distinct from (old.email, old.name, old.role, old.active, old.session_epoch) then
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  return new;
end
$$;
--> statement-breakpoint
create trigger before_user_update before update on book.users
  for each row execute function book.before_user_update();
--> statement-breakpoint
-- Refresh tokens outlive the epoch, so their sessions end with the password and with the account.
-- app.keep_session names the session that changes its own password.
create function book.after_user_update() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not new.active or (new.session_epoch <> old.session_epoch
                        and new.password_hash <> old.password_hash) then
    update book.sessions
       set revoked_at = now()
     where user_id = new.id
       and revoked_at is null
       and id is distinct from nullif(current_setting('app.keep_session', true), '')::uuid;
  end if;
  return null;
end
$$;
--> statement-breakpoint
create trigger after_user_update after update on book.users
  for each row execute function book.after_user_update();
--> statement-breakpoint
-- The lock makes two requests at once wait for each other; each then counts with a new snapshot.
create function book.keep_an_admin() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'UPDATE' and new.role = 'admin' and new.active then
    return new;
  end if;
  perform pg_advisory_xact_lock(hashtext('edgebook: last admin'));
  if not exists (select from book.users
                  where role = 'admin' and active and id <> old.id) then
    raise exception 'the last active admin stays' using errcode = 'EB003';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end
$$;
--> statement-breakpoint
create trigger keep_an_admin_on_update before update on book.users
  for each row when (old.role = 'admin' and old.active) execute function book.keep_an_admin();
--> statement-breakpoint
create trigger keep_an_admin_on_delete before delete on book.users
  for each row when (old.role = 'admin' and old.active) execute function book.keep_an_admin();
--> statement-breakpoint

-- Transactions -----------------------------------------------------------------------------------

create function book.before_transaction_update() returns trigger
  language plpgsql
as $$
begin
  if (new.type, new.amount_minor, new.currency, new.category, new.date, new.notes, new.deleted_at)
     is distinct from
     (old.type, old.amount_minor, old.currency, old.category, old.date, old.notes, old.deleted_at)
  then
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  return new;
end
$$;
--> statement-breakpoint
create trigger before_transaction_update before update on book.transactions
  for each row execute function book.before_transaction_update();
--> statement-breakpoint

-- The wall ---------------------------------------------------------------------------------------
-- The views run as their owner and filter by the identity of the transaction. They are no security
-- barriers on purpose: a barrier keeps conditions that are not leakproof, ILIKE for one, away from
-- the indexes, and the API runs no SQL of its users. See docs/decisions/0002-views-as-the-wall.md.

create view app.own_transactions as
  select id, user_id, type, amount_minor, amount_scaled, currency, category, date, notes, version,
         created_by, created_at, updated_at, deleted_at
    from book.transactions
   where user_id = (select app.user_id()) and deleted_at is null
  with cascaded check option;
--> statement-breakpoint
create view app.all_transactions as
  select id, user_id, type, amount_minor, amount_scaled, currency, category, date, notes, version,
         created_by, created_at, updated_at, deleted_at
    from book.transactions;
--> statement-breakpoint
create view app.own_profile as
  select id, email, name, role, active, version, created_at, updated_at
    from book.users
   where id = (select app.user_id());
--> statement-breakpoint
create view app.all_users as
  select id, email, name, role, active, version, created_at, updated_at, password_hash
    from book.users;
--> statement-breakpoint

-- Behind the wall, for anything that is granted a table by mistake.
create policy own_rows on book.transactions
  using (user_id = (select app.user_id())) with check (user_id = (select app.user_id()));
--> statement-breakpoint
create policy own_row on book.users for select using (id = (select app.user_id()));
--> statement-breakpoint
create policy own_sessions on book.sessions for select using (user_id = (select app.user_id()));
--> statement-breakpoint

-- Identity ---------------------------------------------------------------------------------------

-- Raises EB001 where the session has ended or the token is older than a change of role or password,
-- EB002 where the account is not active.
create function app.check_session(p_user uuid, p_session uuid, p_epoch integer)
  returns book.user_role
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  found_user record;
begin
  select u.role, u.active, u.session_epoch, s.revoked_at, s.expires_at into found_user
    from book.users u
    left join book.sessions s on s.user_id = u.id and s.id = p_session
   where u.id = p_user;
  if not found then
    raise exception 'unknown user' using errcode = 'EB001';
  elsif not found_user.active then
    raise exception 'account is not active' using errcode = 'EB002';
  elsif found_user.session_epoch <> p_epoch or found_user.revoked_at is not null
        or coalesce(found_user.expires_at <= now(), true) then
    raise exception 'session has ended' using errcode = 'EB001';
  end if;
  return found_user.role;
end
$$;
--> statement-breakpoint
-- First statement of every authenticated batch. Checks the session, then sets identity and role for
-- the rest of the transaction. It cannot be SECURITY DEFINER itself: those may not set the role.
create function app.authenticate(p_user uuid, p_session uuid, p_epoch integer)
  returns text
  language plpgsql
as $$
declare
  v_role text := app.check_session(p_user, p_session, p_epoch);
begin
  perform set_config('app.user_id', p_user::text, true),
          set_config('app.session_id', p_session::text, true),
          set_config('statement_timeout', '10s', true),
          set_config('lock_timeout', '5s', true),
          set_config('role', 'app_' || v_role, true);
  return v_role;
end
$$;
--> statement-breakpoint

-- Login and sessions -----------------------------------------------------------------------------
-- Each may look behind the wall and does one thing.

create function app.find_credentials(p_email text)
  returns table (user_id uuid, password_hash text, active boolean)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select u.id, u.password_hash, u.active from book.users u where u.email = p_email
$$;
--> statement-breakpoint
-- No row where the account was deactivated or its password changed since the hash was compared.
-- p_new_hash, where given, replaces a hash of an older cost and leaves other sessions alone.
create function app.start_session(
    p_user uuid, p_compared_hash text, p_new_hash text,
    p_session uuid, p_token_hash text, p_expires_at timestamptz)
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
  if p_new_hash is not null then
    perform set_config('app.rehash', 'on', true);
    update book.users u set password_hash = p_new_hash where u.id = p_user returning u.* into v_user;
    perform set_config('app.rehash', '', true);
  end if;
  insert into book.sessions (id, user_id, expires_at) values (p_session, p_user, p_expires_at);
  insert into book.refresh_tokens (token_hash, session_id, expires_at)
       values (p_token_hash, p_session, p_expires_at);
  return query select v_user.id, v_user.email, v_user.name, v_user.role, v_user.active,
                      v_user.version, v_user.created_at, v_user.updated_at, v_user.session_epoch;
end
$$;
--> statement-breakpoint
-- A refresh token is good for one use. One that was used before ends its session: whoever holds it
-- copied it. The outcome is a row and no error, because an error would undo that.
create function app.rotate_refresh_token(
    p_token_hash text, p_next_hash text, p_expires_at timestamptz)
  returns table (outcome text, user_id uuid, session_id uuid, role book.user_role,
                 session_epoch integer)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_token book.refresh_tokens;
  v_session book.sessions;
  v_user book.users;
begin
  select t.* into v_token from book.refresh_tokens t where t.token_hash = p_token_hash for update;
  if not found then
    return query select 'unknown', null::uuid, null::uuid, null::book.user_role, null::integer;
    return;
  end if;
  select s.* into v_session from book.sessions s where s.id = v_token.session_id for update;
  select u.* into v_user from book.users u where u.id = v_session.user_id;
  if v_token.used_at is not null then
    update book.sessions s set revoked_at = now()
     where s.id = v_session.id and s.revoked_at is null;
    return query select 'reused', v_user.id, v_session.id, v_user.role, v_user.session_epoch;
  elsif v_session.revoked_at is not null or v_token.expires_at <= now() then
    return query select 'ended', v_user.id, v_session.id, v_user.role, v_user.session_epoch;
  elsif not v_user.active then
    return query select 'inactive', v_user.id, v_session.id, v_user.role, v_user.session_epoch;
  else
    update book.refresh_tokens t set used_at = now() where t.token_hash = p_token_hash;
    insert into book.refresh_tokens (token_hash, session_id, expires_at)
         values (p_next_hash, v_session.id, p_expires_at);
    update book.sessions s set expires_at = p_expires_at where s.id = v_session.id;
    return query select 'rotated', v_user.id, v_session.id, v_user.role, v_user.session_epoch;
  end if;
end
$$;
--> statement-breakpoint
create function app.end_session() returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  update book.sessions set revoked_at = now()
   where id = app.session_id() and user_id = app.user_id() and revoked_at is null
$$;
--> statement-breakpoint
create function app.own_password_hash() returns text
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select password_hash from book.users where id = app.user_id()
$$;
--> statement-breakpoint
-- The new epoch; null where the password was changed by somebody else meanwhile.
create function app.change_own_password(p_compared_hash text, p_new_hash text) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_epoch integer;
begin
  perform set_config('app.keep_session', app.session_id()::text, true);
  update book.users set password_hash = p_new_hash
   where id = app.user_id() and password_hash = p_compared_hash
  returning session_epoch into v_epoch;
  return v_epoch;
end
$$;
--> statement-breakpoint

-- Grants -----------------------------------------------------------------------------------------

revoke all on schema book from public;
--> statement-breakpoint
revoke all on all functions in schema app from public;
--> statement-breakpoint
revoke all on all functions in schema book from public;
--> statement-breakpoint
grant usage on schema app to app, app_viewer, app_analyst, app_admin;
--> statement-breakpoint
grant execute on function
    app.user_id(), app.session_id(), app.currency_exponent(text),
    app.scale_amount(bigint, text), app.minor_amount(bigint, text)
  to app, app_viewer, app_analyst, app_admin;
--> statement-breakpoint
grant execute on function
    app.check_session(uuid, uuid, integer),
    app.authenticate(uuid, uuid, integer),
    app.find_credentials(text),
    app.start_session(uuid, text, text, uuid, text, timestamptz),
    app.rotate_refresh_token(text, text, timestamptz)
  to app;
--> statement-breakpoint
grant execute on function
    app.end_session(), app.own_password_hash(), app.change_own_password(text, text)
  to app_viewer, app_analyst, app_admin;
--> statement-breakpoint
grant select on app.own_transactions, app.own_profile to app_viewer, app_analyst, app_admin;
--> statement-breakpoint
grant insert (id, user_id, type, amount_minor, currency, category, date, notes)
  on app.own_transactions to app_analyst;
--> statement-breakpoint
grant select on app.all_transactions to app_admin;
--> statement-breakpoint
grant insert (id, user_id, type, amount_minor, currency, category, date, notes)
  on app.all_transactions to app_admin;
--> statement-breakpoint
grant update (type, amount_minor, currency, category, date, notes, deleted_at)
  on app.all_transactions to app_admin;
--> statement-breakpoint
grant select (id, email, name, role, active, version, created_at, updated_at)
  on app.all_users to app_admin;
--> statement-breakpoint
grant insert (id, email, name, role, active, password_hash) on app.all_users to app_admin;
--> statement-breakpoint
grant update (name, role, active, password_hash) on app.all_users to app_admin;
