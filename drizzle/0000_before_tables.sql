-- The roles of the API, and the functions that tables and views are made of.
--
-- `app` is what the Worker logs in as. It owns nothing, reads no table, and becomes one of the three
-- roles below for the length of one transaction. Roles belong to the cluster, so another database
-- of it may have made them already.
do $$
declare
  name text;
begin
  foreach name in array array['app', 'app_viewer', 'app_analyst', 'app_admin'] loop
    begin
      execute format('create role %I nologin noinherit', name);
    exception
      when duplicate_object or unique_violation then null;
    end;
  end loop;
end
$$;
--> statement-breakpoint
-- `app` may become each of the three. Whoever migrates may act as all of them too: for tests, and
-- for a Worker that was given the owner's URL. Another owner may have made the roles for another
-- database of the cluster; then what is missing is that owner's to grant.
do $$
declare
  member record;
begin
  for member in
    select granted.rolname granted, taker.rolname taker
      from pg_roles granted, pg_roles taker
     where granted.rolname in ('app', 'app_viewer', 'app_analyst', 'app_admin')
       and taker.rolname in ('app', current_user) and granted.rolname <> taker.rolname
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
--> statement-breakpoint
do $$
begin
  alter role app set statement_timeout = '15s';
  alter role app set idle_in_transaction_session_timeout = '30s';
exception
  when insufficient_privilege then
    raise warning 'could not set the timeouts of the role app: its owner has to';
end
$$;
--> statement-breakpoint
create schema app;
--> statement-breakpoint
-- The identity that app.authenticate() set for this transaction; null outside of one.
create function app.user_id() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.user_id', true), '')::uuid;
--> statement-breakpoint
create function app.session_id() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.session_id', true), '')::uuid;
--> statement-breakpoint
-- Digits after the decimal point, ISO 4217. A test compares it with src/money/currencies.ts.
create function app.currency_exponent(currency text) returns integer
  language sql immutable strict parallel safe
  return case
    when currency in ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX',
                      'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') then 0
    when currency in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then 3
    when currency in ('CLF', 'UYW') then 4
    else 2
  end;
--> statement-breakpoint
-- Face value in ten-thousandths of the currency's main unit.
create function app.scale_amount(amount_minor bigint, currency text) returns bigint
  language sql immutable strict parallel safe
  return amount_minor * (10 ^ (4 - app.currency_exponent(currency)))::bigint;
--> statement-breakpoint
-- The way back. Raises EB006 where the currency has fewer digits than the amount needs.
create function app.minor_amount(amount_scaled bigint, currency text) returns bigint
  language plpgsql immutable strict parallel safe
as $$
declare
  unit bigint := (10 ^ (4 - app.currency_exponent(currency)))::bigint;
begin
  if amount_scaled % unit <> 0 then
    raise exception 'amount has more digits than % allows', currency using errcode = 'EB006';
  end if;
  return amount_scaled / unit;
end
$$;
