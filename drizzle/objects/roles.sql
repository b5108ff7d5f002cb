-- Roles, the schemas of the objects, and what roles may do in them.
--
-- Promises: the Worker connects as `app`, which owns nothing and reads no table. For the length of one
-- transaction it becomes app_viewer, app_analyst or app_admin (see authenticate.sql). For logins and
-- maintenance it connects as `app_login`, which none of the four can become, nor the other way round: SQL
-- that was injected into a request reaches no password hash. None of the five can name anything in
-- `data` or `private`.
-- Called by: the owner only.
-- Raises: nothing; warns where another owner has to grant a role.

-- Roles belong to the cluster, so another database of it may have created them.
do $$
declare
  name text;
begin
  foreach name in array array['app', 'app_login', 'app_viewer', 'app_analyst', 'app_admin'] loop
    begin
      execute format('create role %I nologin noinherit', name);
    exception
      when duplicate_object or unique_violation then null;
    end;
  end loop;
end
$$;

-- `app` may become each of the three, and so may the owner: for tests, and for a Worker that connects
-- with the owner's URL.
do $$
declare
  member record;
begin
  for member in
    select granted.rolname granted, taker.rolname taker
      from pg_roles granted, pg_roles taker
     where granted.rolname in ('app', 'app_login', 'app_viewer', 'app_analyst', 'app_admin')
       and (taker.rolname = current_user
            or taker.rolname = 'app' and granted.rolname not in ('app', 'app_login'))
       and not exists (select from pg_auth_members m
                        where m.roleid = granted.oid and m.member = taker.oid and m.set_option)
  loop
    begin
      execute format('grant %I to %I', member.granted, member.taker);
    exception
      when insufficient_privilege then
        raise warning 'could not grant % to %: its owner has to', member.granted, member.taker;
    end;
  end loop;
end
$$;

do $$
begin
  alter role app set statement_timeout = '15s';
  alter role app set idle_in_transaction_session_timeout = '30s';
  alter role app_login set statement_timeout = '15s';
  alter role app_login set idle_in_transaction_session_timeout = '30s';
exception
  when insufficient_privilege then
    raise warning 'could not set the timeouts of app and app_login: its owner has to';
end
$$;

create schema private;
create schema api;
grant usage on schema api to app, app_login, app_viewer, app_analyst, app_admin;

-- Column defaults, generated columns and indexes call these as the role that writes the row. The
-- tables survive an update of the objects, so their grants start from nothing here.
revoke all on schema data from public, app, app_login, app_viewer, app_analyst, app_admin;
revoke all on all tables in schema data from public, app, app_login, app_viewer, app_analyst, app_admin;
revoke all on all functions in schema data from public, app, app_login, app_viewer, app_analyst, app_admin;
grant execute on function
    data.user_id(), data.currency_exponent(text), data.scale_amount(bigint, text),
    data.fold_text(text), data.search_text(text, text, text), data.bigrams(text), data.search_bigrams(text)
  to app, app_viewer, app_analyst, app_admin;
