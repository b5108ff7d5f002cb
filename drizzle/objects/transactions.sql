-- Transactions: the views that isolate rows, and what happens at every write.
--
-- Promises: a role sees its own rows that are not deleted; app_admin sees all. Views run as their
-- owner and filter by the identity of the transaction. They are not security barriers on purpose: a
-- barrier hides conditions that are not leakproof (ILIKE, for one) from the indexes, and users write
-- no SQL here. See docs/decisions/0002-row-isolation-by-views.md.
-- A change of any column raises the version and adds an audit entry; an update that changes nothing
-- does neither.
-- Called by: app_viewer, app_analyst, app_admin (own_transactions); app_analyst
-- (own_transaction_input); app_admin (all_transactions, transaction_input).
-- Raises: EB006 the currency has fewer decimal digits (minor_amount); 44000 another user's row.

create view api.own_transactions as
  select *, '{}'::text[] masked from data.transactions
   where user_id = (select data.user_id()) and deleted_at is null;
create view api.all_transactions as
  select *, '{}'::text[] masked from data.transactions;
grant select on api.own_transactions to app_viewer, app_analyst, app_admin;
grant select on api.all_transactions to app_admin;
grant update (type, amount_minor, currency, category, date, payee, notes, external_id, source,
              deleted_at)
  on api.all_transactions to app_admin;

-- The columns of a new row that a caller may give, for single, bulk and imported writes.
create view api.transaction_input as
  select id, user_id, type, amount_minor, currency, category, date, payee, notes, external_id,
         source, import_id
    from data.transactions;
create view api.own_transaction_input as
  select * from api.transaction_input
   where user_id = (select data.user_id())
  with cascaded check option;
grant insert on api.own_transaction_input to app_analyst;
grant insert on api.transaction_input to app_admin;

-- A second line of defence, should a role be granted the table by mistake.
create policy own_rows on data.transactions
  using (user_id = (select data.user_id())) with check (user_id = (select data.user_id()));

-- The amount in minor units, from its face value (data.scale_amount is the way there).
create function api.minor_amount(amount_scaled bigint, currency text) returns bigint
  language plpgsql immutable strict parallel safe security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  unit bigint := (10 ^ (4 - data.currency_exponent(currency)))::bigint;
begin
  if amount_scaled % unit <> 0 then
    raise exception 'amount has more digits than % allows', currency using errcode = 'EB006';
  end if;
  return amount_scaled / unit;
end
$$;
grant execute on function api.minor_amount(bigint, text)
  to app, app_viewer, app_analyst, app_admin;

-- Generated columns are not computed yet in a BEFORE trigger, so they are left out.
create function private.before_transaction_update() returns trigger
  language plpgsql
as $$
declare
  v_ignored text[] := array['version', 'updated_at', 'amount_scaled', 'search_text'];
begin
  if to_jsonb(new) - v_ignored <> to_jsonb(old) - v_ignored then
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  return new;
end
$$;
create trigger before_transaction_update before update on data.transactions
  for each row execute function private.before_transaction_update();

create function private.audit_transaction_inserts() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.append_audit(variadic coalesce(array(
    select row(r.user_id, null, 'transaction.created', 'transaction', r.id, null,
               to_jsonb(r) - '{amount_scaled,search_text}'::text[])::private.audit_input
      from new_rows r order by r.user_id, r.id), '{}'));
  return null;
end
$$;
create trigger audit_inserts after insert on data.transactions
  referencing new table as new_rows
  for each statement execute function private.audit_transaction_inserts();

create function private.audit_transaction_updates() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.append_audit(variadic coalesce(array(
    select row(n.user_id, null,
               case when n.deleted_at is not null and o.deleted_at is null
                      then 'transaction.deleted'
                    when n.deleted_at is null and o.deleted_at is not null
                      then 'transaction.restored'
                    else 'transaction.updated' end,
               'transaction', n.id, to_jsonb(o) - '{amount_scaled,search_text}'::text[],
               to_jsonb(n) - '{amount_scaled,search_text}'::text[])::private.audit_input
      from new_rows n join old_rows o on o.id = n.id
     where n.version <> o.version
     order by n.user_id, n.id), '{}'));
  return null;
end
$$;
create trigger audit_updates after update on data.transactions
  referencing old table as old_rows new table as new_rows
  for each statement execute function private.audit_transaction_updates();

create function private.audit_transaction_deletes() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.append_audit(variadic coalesce(array(
    select row(r.user_id, null, 'transaction.purged', 'transaction', r.id,
               to_jsonb(r) - '{amount_scaled,search_text}'::text[], null)::private.audit_input
      from old_rows r order by r.user_id, r.id), '{}'));
  return null;
end
$$;
create trigger audit_deletes after delete on data.transactions
  referencing old table as old_rows
  for each statement execute function private.audit_transaction_deletes();
