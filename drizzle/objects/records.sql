-- Records: comparing what the tables say with what the audit log says.
--
-- Promises: check_records returns each record that differs from the state in its last entry, that has
-- no entry, or that is gone without one. It looks at no more rows than its limit, and says where the
-- next call continues.
-- Called by: app_admin.
-- Raises: nothing of its own.

-- The records that the audit log covers, and the columns that change without an entry.
create function private.audited_tables()
  returns table (entity text, name text, owner_column text, unlogged text[])
  language sql immutable
as $$
  values ('user', 'users', 'id', '{password_hash}'::text[]),
         ('api_key', 'api_keys', 'user_id', '{key_hash,last_used_at}'),
         ('session', 'sessions', 'user_id', '{expires_at,last_used_at,verified_at}'),
         ('import', 'imports', 'user_id', '{}'),
         ('recurring', 'recurring_decisions', 'user_id', '{}'),
         ('anomaly', 'dismissed_anomalies', 'user_id', '{}'),
         ('transaction', 'transactions', 'user_id', '{amount_scaled,search_text}')
$$;

-- What a piece of a check found: `last` is the key of its last row.
create type private.checked_piece as (checked integer, last text, differences jsonb);

create function private.difference(
    p_user uuid, p_entity text, p_id uuid, p_difference text, p_fields text[] default '{}')
  returns jsonb
  language sql immutable
  return jsonb_build_object('user_id', p_user, 'entity', p_entity, 'entity_id', p_id,
                            'difference', p_difference, 'fields', p_fields);

-- Compares the next rows of a table with the state in the last entry of each. States are compared as
-- rows of the table, so that neither a time zone nor a column that was added later makes a difference.
create function private.check_recorded_states(
    p_entity text, p_user uuid, p_after uuid, p_limit integer)
  returns private.checked_piece
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_table record;
  v_piece private.checked_piece;
begin
  select t.* into strict v_table from private.audited_tables() t where t.entity = p_entity;
  execute format($sql$
    select count(*)::integer, (array_agg(c.id order by c.id))[count(*)]::text,
           jsonb_agg(private.difference(
               c.owner, $5, c.id, case when c.logged is null then 'unrecorded' else 'altered' end,
               array(select key from jsonb_each(c.stored) s full join jsonb_each(c.logged) l using (key)
                      where s.value is distinct from l.value and c.logged is not null order by key))
             order by c.id)
             filter (where c.logged is distinct from c.stored)
      from (select r.id, r.owner, r.stored,
                   case when e.after - $4 = r.stored then r.stored
                        else to_jsonb(jsonb_populate_record(null::data.%1$I, e.after)) - $4 end logged
              from (select t.id, t.%2$I owner, to_jsonb(t) - $4 stored from data.%1$I t
                     where ($1 is null or t.%2$I = $1) and ($2 is null or t.id > $2)
                     order by t.id limit $3) r
              left join lateral (
                select l.after from data.audit_log l
                 where l.entity = $5 and l.entity_id = r.id
                   and (l.before is not null or l.after is not null)
                 order by l.id desc limit 1) e on true) c
    $sql$, v_table.name, v_table.owner_column)
    into v_piece using p_user, p_after, p_limit, v_table.unlogged, p_entity;
  return v_piece;
end
$$;

-- Compares whether two-factor authentication is on with the last entry that says so.
create function private.check_totp(p_user uuid, p_after uuid, p_limit integer)
  returns private.checked_piece
  language sql stable
  set search_path = pg_catalog, pg_temp
as $$
  select count(*)::integer, (array_agg(c.id order by c.id))[count(*)]::text,
         jsonb_agg(private.difference(c.id, 'user', c.id, 'altered', '{totp}') order by c.id)
           filter (where c.stored <> c.logged)
    from (select u.id,
                 exists (select from data.totp_secrets t
                          where t.user_id = u.id and t.confirmed_at is not null) stored,
                 coalesce((select l.action = 'user.totp_enabled' from data.audit_log l
                            where l.entity = 'user' and l.entity_id = u.id
                              and l.action in ('user.totp_enabled', 'user.totp_disabled')
                            order by l.id desc limit 1), false) logged
            from (select t.id from data.users t
                   where t.id = coalesce(p_user, t.id)
                     and t.id > coalesce(p_after, '00000000-0000-0000-0000-000000000000')
                   order by t.id limit p_limit) u) c
$$;

-- Looks for records that the next entries of the log created, and that are gone without an entry.
-- Sessions are not among them: maintenance removes old ones. Keys go with their user.
create function private.check_created(p_user uuid, p_after bigint, p_limit integer)
  returns private.checked_piece
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_piece private.checked_piece;
begin
  execute $sql$
    select count(*)::integer, max(e.id)::text,
           jsonb_agg(private.difference(e.owner_id, e.entity, e.entity_id, 'removed'))
             filter (where e.before is null and e.after is not null
               and case e.entity
                     when 'transaction' then
                       not exists (select from data.transactions r where r.id = e.entity_id)
                     when 'import' then
                       not exists (select from data.imports r where r.id = e.entity_id)
                     when 'recurring' then
                       not exists (select from data.recurring_decisions r where r.id = e.entity_id)
                     when 'anomaly' then
                       not exists (select from data.dismissed_anomalies r where r.id = e.entity_id)
                     when 'user' then
                       not exists (select from data.users r where r.id = e.entity_id)
                     when 'api_key' then
                       not exists (select from data.api_keys r where r.id = e.entity_id)
                       and exists (select from data.users u where u.id = e.owner_id)
                     else false end
               and not exists (select from data.audit_log r
                                where r.entity = e.entity and r.entity_id = e.entity_id
                                  and r.before is not null and r.after is null))
      from (select l.id, l.owner_id, l.entity, l.entity_id, l.before, l.after from data.audit_log l
             where ($1 is null or l.owner_id = $1) and ($2 is null or l.id > $2)
             order by l.id limit $3) e
    $sql$ into v_piece using p_user, p_after, p_limit;
  return v_piece;
end
$$;

-- Checks the records of one user, or with null of all users, from a position on. Steps are the tables,
-- then `totp`, then `entry`; next_step is null at the end.
create function api.check_records(p_user uuid, p_step text, p_after text, p_limit integer)
  returns table (checked integer, differences jsonb, next_step text, next_after text)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_steps text[] := array(select t.entity from private.audited_tables() t) || '{totp,entry}'::text[];
  v_piece private.checked_piece;
begin
  checked := 0;
  differences := '[]';
  next_after := p_after;
  foreach next_step in array v_steps[coalesce(array_position(v_steps, p_step), 1):] loop
    v_piece := case next_step
      when 'totp' then private.check_totp(p_user, next_after::uuid, p_limit - checked)
      when 'entry' then private.check_created(p_user, next_after::bigint, p_limit - checked)
      else private.check_recorded_states(next_step, p_user, next_after::uuid, p_limit - checked)
    end;
    checked := checked + v_piece.checked;
    differences := differences || coalesce(v_piece.differences, '[]');
    next_after := v_piece.last;
    if checked >= p_limit then
      return next;
      return;
    end if;
    next_after := null;
  end loop;
  next_step := null;
  return next;
end
$$;
grant execute on function api.check_records(uuid, text, text, integer) to app_admin;
