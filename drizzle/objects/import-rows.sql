-- Rows of imports: what became of each row of a file, and by what it is recognized in the next one.
--
-- Promises: rows are written in the transaction of their import. They outlive purged transactions, so what
-- somebody deleted is not imported again; a revert deletes those of its import.
-- Called by: app_viewer, app_analyst, app_admin (own_import_rows); app_admin (all_import_rows).
-- Raises: EB020 too many rows.

-- The views of roles with masked fields are in masked-views.sql.
create view api.all_import_rows as
  select r.import_id, r.user_id, r.line, r.outcome, t.id transaction_id, r.account
    from data.import_rows r
    left join data.transactions t on t.id = r.transaction_id and t.deleted_at is null;
create view api.own_import_rows as
  select * from api.all_import_rows where user_id = (select data.user_id());
grant select on api.own_import_rows to app_viewer, app_analyst, app_admin;
grant select on api.all_import_rows to app_admin;

-- A second line of defence, should a role be granted the table by mistake.
create policy own_import_rows on data.import_rows
  for select using (user_id = (select data.user_id()));

-- How many rows a user can have in imports that were not reverted.
create function private.check_import_quota(p_user uuid, p_more integer) returns void
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if (select coalesce(sum(i.row_count), 0) + p_more from data.imports i
       where i.user_id = p_user and i.reverted_at is null) > 2000000 then
    raise exception 'the user has too many imported rows' using errcode = 'EB020';
  end if;
end
$$;

-- Lines of new rows whose external id another transaction of the source has: it must be unique there.
create function private.taken_external_ids(p_user uuid, p_rows private.import_row[])
  returns integer[]
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
  set enable_nestloop = off
as $$
declare
  v_names text[] := array(select distinct f.external_id from unnest(p_rows) f
                           where f.external_id is not null);
begin
  return array(
    select f.line
      from (select f.line, f.external_id, coalesce(f.source, '') source,
                   row_number() over (partition by coalesce(f.source, ''), f.external_id
                                      order by f.line) number
              from unnest(p_rows) f where f.external_id is not null) f
      left join data.transactions t
        on t.user_id = p_user and t.external_id = any (v_names) and t.external_id = f.external_id
       and coalesce(t.source, '') = f.source
     where f.number > 1 or t.id is not null
     order by f.line);
end
$$;

-- A row that was matched by its id has no fingerprint, and one that was left out has no transaction.
create function private.remember_rows(
    p_user uuid, p_import uuid, p_rows private.import_row[], p_matches private.import_match[],
    p_decisions private.import_decision[])
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
  set enable_nestloop = off
as $$
begin
  insert into data.import_rows
      (import_id, line, user_id, outcome, transaction_id, account, fingerprint, place, external_id,
       date, currency, amount_minor)
    with places as materialized (
      select * from private.places_of(p_user, p_rows)
    ), file as (
      select f.line, d.outcome, f.account, f.external_id, f.date, f.currency,
             case f.type when 'expense' then -f.amount_minor else f.amount_minor end amount_minor,
             case d.outcome when 'created' then f.id else m.transaction_id end id,
             case when d.outcome = 'created' or m.matched_by <> 'id' or m.reason is not null
                  then f.fingerprint end fingerprint
        from unnest(p_rows) f
        join unnest(p_decisions) d on d.line = f.line
        left join unnest(p_matches) m on m.line = f.line
    ), placed as (
      select f.*, p.place known_place,
             row_number() over (partition by f.fingerprint, p.place is null order by f.line) number
        from file f
        left join places p on p.fingerprint = f.fingerprint and p.id = f.id
    )
    select p_import, p.line, p_user, p.outcome, p.id, p.account, p.fingerprint,
           case when p.fingerprint is not null
                then coalesce(p.known_place, coalesce(l.place, 0) + p.number) end,
           case when p.fingerprint is not null then p.external_id end,
           p.date, p.currency, p.amount_minor
      from placed p
      left join (select fingerprint, max(place) place from places group by fingerprint) l
        on l.fingerprint = p.fingerprint;
end
$$;
