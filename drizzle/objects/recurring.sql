-- Recurring payments: what people decided on them. They are found by the Worker, in the transactions
-- that the caller can read.
--
-- Promises: a user has one decision for each key. Who made it and when comes from the identity of the
-- transaction; to decide the same again changes nothing.
-- Called by: app_analyst, app_admin (own_recurring_decisions, decide_own_recurring); app_admin (the
-- others).
-- Raises: 23503 no such user.

create view api.own_recurring_decisions as
  select * from data.recurring_decisions
   where user_id = (select data.user_id());
create view api.all_recurring_decisions as
  select * from data.recurring_decisions;
grant select on api.own_recurring_decisions to app_analyst, app_admin;
grant select on api.all_recurring_decisions to app_admin;

-- A second line of defence, should a role be granted the table by mistake.
create policy own_decisions on data.recurring_decisions
  for select using (user_id = (select data.user_id()));

create function private.decide_recurring(p_user uuid, p_decision jsonb)
  returns setof data.recurring_decisions
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_new data.recurring_decisions := jsonb_populate_record(null::data.recurring_decisions, p_decision);
begin
  insert into data.recurring_decisions as d
      (id, user_id, key, status, name, stream_group, type, currency, cadence, amount_minor, last_date,
       transaction_ids, decided_by)
    values (v_new.id, p_user, v_new.key, v_new.status, v_new.name, v_new.stream_group, v_new.type,
            v_new.currency, v_new.cadence, v_new.amount_minor, v_new.last_date, v_new.transaction_ids,
            data.user_id())
  on conflict (user_id, key) do update
     set status = excluded.status, name = excluded.name, stream_group = excluded.stream_group,
         type = excluded.type, currency = excluded.currency, cadence = excluded.cadence,
         amount_minor = excluded.amount_minor, last_date = excluded.last_date,
         transaction_ids = excluded.transaction_ids, version = d.version + 1,
         decided_by = excluded.decided_by, decided_at = now()
   where (d.status, d.name) is distinct from (excluded.status, excluded.name);
  return query select d.* from data.recurring_decisions d
                where d.user_id = p_user and d.key = v_new.key;
end
$$;

-- For the caller's own recurring payments, then for those of any user.

create function api.decide_own_recurring(p_decision jsonb)
  returns setof api.all_recurring_decisions
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select * from private.decide_recurring(data.user_id(), p_decision)
$$;
grant execute on function api.decide_own_recurring(jsonb) to app_analyst, app_admin;

create function api.decide_recurring(p_user uuid, p_decision jsonb)
  returns setof api.all_recurring_decisions
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select * from private.decide_recurring(p_user, p_decision)
$$;
grant execute on function api.decide_recurring(uuid, jsonb) to app_admin;

create function private.audit_recurring_decision() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.append_audit(row(
    new.user_id, null, 'recurring.' || new.status, 'recurring', new.id,
    case tg_op when 'UPDATE' then to_jsonb(old) end, to_jsonb(new))::private.audit_input);
  return null;
end
$$;
create trigger audit_recurring_decision after insert or update on data.recurring_decisions
  for each row execute function private.audit_recurring_decision();
