-- Anomalies: which of them people dismissed. The Worker finds them, in the transactions that the caller
-- can read.
--
-- Promises: an anomaly is dismissed once, by the user of the transaction; to do it again changes
-- nothing. Both directions are in the audit log.
-- Called by: app_analyst, app_admin (own_dismissed_anomalies, and the functions on own ones); app_admin
-- (the others).
-- Raises: 23503 no such user.

create view api.own_dismissed_anomalies as
  select * from data.dismissed_anomalies
   where user_id = (select data.user_id());
create view api.all_dismissed_anomalies as
  select * from data.dismissed_anomalies;
grant select on api.own_dismissed_anomalies to app_analyst, app_admin;
grant select on api.all_dismissed_anomalies to app_admin;

-- A second line of defence, should a role be granted the table by mistake.
create policy own_dismissals on data.dismissed_anomalies
  for select using (user_id = (select data.user_id()));

create function private.dismiss_anomaly(p_user uuid, p_id uuid, p_key text, p_kind text) returns void
  language sql
  set search_path = pg_catalog, pg_temp
as $$
  insert into data.dismissed_anomalies (id, user_id, key, kind, dismissed_by)
       values (p_id, p_user, p_key, p_kind, data.user_id())
  on conflict (user_id, key) do nothing
$$;

create function private.restore_anomaly(p_user uuid, p_key text) returns void
  language sql
  set search_path = pg_catalog, pg_temp
as $$
  delete from data.dismissed_anomalies where user_id = p_user and key = p_key
$$;

-- For the caller's own records, then for those of any user.

create function api.dismiss_own_anomaly(p_id uuid, p_key text, p_kind text) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select private.dismiss_anomaly(data.user_id(), p_id, p_key, p_kind)
$$;

create function api.restore_own_anomaly(p_key text) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select private.restore_anomaly(data.user_id(), p_key)
$$;
grant execute on function
    api.dismiss_own_anomaly(uuid, text, text), api.restore_own_anomaly(text)
  to app_analyst, app_admin;

create function api.dismiss_anomaly(p_user uuid, p_id uuid, p_key text, p_kind text) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select private.dismiss_anomaly(p_user, p_id, p_key, p_kind)
$$;

create function api.restore_anomaly(p_user uuid, p_key text) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select private.restore_anomaly(p_user, p_key)
$$;
grant execute on function
    api.dismiss_anomaly(uuid, uuid, text, text), api.restore_anomaly(uuid, text)
  to app_admin;

create function private.audit_dismissed_anomaly() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.append_audit(
    case tg_op
      when 'INSERT' then row(new.user_id, null, 'anomaly.dismissed', 'anomaly', new.id, null,
                             to_jsonb(new))::private.audit_input
      else row(old.user_id, null, 'anomaly.restored', 'anomaly', old.id, to_jsonb(old),
               null)::private.audit_input end);
  return null;
end
$$;
create trigger audit_dismissed_anomaly after insert or delete on data.dismissed_anomalies
  for each row execute function private.audit_dismissed_anomaly();
