-- Bulk writes: many operations on distinct transactions in one statement of each kind.
--
-- Promises: the functions run with the rights of the caller, so row isolation, masking and grants hold
-- as they do for single writes. An operation that fails undoes itself only, or everything where p_atomic.
-- Called by: app_analyst, app_admin.
-- Raises: EB004 not found, EB006 too many decimal digits, EB012 another version, EB009 operations failed
-- (with p_atomic; the detail lists them).

-- Locks what the statements will wait for, in one order, so that two bulk writes cannot deadlock.
create function api.lock_audit_heads(p_users uuid[]) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform from data.audit_heads h where h.owner_id = any (p_users) order by h.owner_id for update;
  perform private.lock_rollup_shards(p_users);
end
$$;

-- The rows are locked, so what is checked holds.
create function api.check_operations(p_operations jsonb, p_ids uuid[]) returns void
  language plpgsql
as $$
begin
  if (select count(*) from api.all_transactions t
       where t.id = any (p_ids) and t.deleted_at is null) < cardinality(p_ids) then
    raise exception 'transaction not found' using errcode = 'EB004';
  elsif exists (
    select from api.all_transactions t
      join jsonb_to_recordset(p_operations) o (op text, id uuid, version integer) on t.id = o.id
     where t.id = any (p_ids) and o.op <> 'create' and t.version <> o.version
  ) then
    raise exception 'the transaction has another version' using errcode = 'EB012';
  end if;
end
$$;

-- Returns the rows by id. The first error raises.
create function api.apply_operations(p_operations jsonb, p_all_users boolean) returns jsonb
  language plpgsql
as $$
#variable_conflict use_column
declare
  v_rows jsonb;
  v_new jsonb := jsonb_path_query_array(p_operations, '$[*] ? (@.op == "create").data');
  v_new_ids uuid[] := array(select (n ->> 'id')::uuid from jsonb_array_elements(v_new) n);
  -- Beside each join: the planner cannot know how many rows JSON has, and would scan the table.
  v_ids uuid[] := array(select o.id from jsonb_to_recordset(p_operations) o (op text, id uuid)
                         where o.op <> 'create');
begin
  if v_new <> '[]' and p_all_users then
    insert into api.transaction_input
      select n.* from jsonb_populate_recordset(null::api.transaction_input, v_new) n;
  elsif v_new <> '[]' then
    insert into api.own_transaction_input
      select n.* from jsonb_populate_recordset(null::api.own_transaction_input, v_new) n;
  end if;
  if v_ids <> '{}' then
    perform api.check_operations(p_operations, v_ids);
    update api.all_transactions t
       set (type, amount_minor, currency, category, date, payee, notes, external_id, source) =
           (select n.type, api.minor_amount(n.amount_scaled, n.currency), n.currency, n.category,
                   n.date, n.payee, n.notes, n.external_id, n.source
              from jsonb_populate_record(t, o.data) n)
      from jsonb_to_recordset(p_operations) o (op text, id uuid, data jsonb)
     where o.op = 'update' and t.id = o.id and t.id = any (v_ids);
    update api.all_transactions t set deleted_at = now()
      from jsonb_to_recordset(p_operations) o (op text, id uuid)
     where o.op = 'delete' and t.id = o.id and t.id = any (v_ids);
  end if;
  if p_all_users then
    select jsonb_object_agg(t.id, to_jsonb(t) - '{amount_scaled,search_text}'::text[]) into v_rows
      from api.all_transactions t where t.id = any (v_new_ids || v_ids);
  else
    select jsonb_object_agg(t.id, to_jsonb(t) - '{amount_scaled,search_text}'::text[]) into v_rows
      from own_transactions t where t.id = any (v_new_ids);
  end if;
  return coalesce(v_rows, '{}');
end
$$;

-- Whether an error is about what one operation asks for. Any other undoes everything: conflicts that
-- are retried, timeouts, lack of resources, and whatever is unexpected.
create function api.is_client_error(p_state text) returns boolean
  language sql immutable
  return p_state in ('EB004', 'EB006', 'EB012', 'EB017',
                     '22003', '23503', '23505', '23514', '42501', '44000');

-- Applies all operations at once. Where that fails, one by one, each in a savepoint of its own, to
-- find out which one it was. Operations marked as refused were found invalid by the API and pass
-- through to their place.
create function api.bulk_transactions(
    p_operations jsonb, p_atomic boolean, p_all_users boolean) returns jsonb
  language plpgsql
as $$
declare
  v_work jsonb := jsonb_path_query_array(p_operations, '$[*] ? (@.op != "refused")');
  v_ids uuid[] := array(select (o ->> 'id')::uuid from jsonb_array_elements(v_work) o
                         where o ->> 'op' <> 'create');
  v_users uuid[] := array(select (o #>> '{data,user_id}')::uuid from jsonb_array_elements(v_work) o
                           where o ->> 'op' = 'create');
  v_rows jsonb;
  v_operation jsonb;
  v_results jsonb[] := '{}';
  v_constraint text;
  v_failed boolean := false;
begin
  if v_ids <> '{}' then
    perform from api.all_transactions t where t.id = any (v_ids) order by t.id for no key update;
    v_users := v_users || array(select t.user_id from api.all_transactions t
                                 where t.id = any (v_ids));
  end if;
  perform api.lock_audit_heads(v_users);
  begin
    v_rows := api.apply_operations(v_work, p_all_users);
  exception when others then
    if not api.is_client_error(sqlstate) then
      raise;
    end if;
  end;
  for v_operation in select o from jsonb_array_elements(p_operations) o loop
    if v_operation ->> 'op' = 'refused' then
      v_results := array_append(v_results, v_operation);
    elsif v_rows is not null then
      v_results := array_append(
        v_results, jsonb_build_object('op', v_operation -> 'op',
                                      'row', v_rows -> (v_operation ->> 'id')));
    else
      begin
        v_results := array_append(v_results, jsonb_build_object('op', v_operation -> 'op', 'row',
          api.apply_operations(jsonb_build_array(v_operation), p_all_users)
            -> (v_operation ->> 'id')));
      exception when others then
        if not api.is_client_error(sqlstate) then
          raise;
        end if;
        get stacked diagnostics v_constraint = constraint_name;
        v_failed := true;
        v_results := array_append(
          v_results, jsonb_build_object('op', v_operation -> 'op', 'state', sqlstate,
                                        'constraint', v_constraint));
      end;
    end if;
  end loop;
  if v_failed and p_atomic then
    raise exception 'operations failed' using errcode = 'EB009',
      detail = (select jsonb_agg(jsonb_build_object('index', n - 1, 'error', r))
                  from unnest(v_results) with ordinality u (r, n) where r ? 'state');
  end if;
  -- For the stored response, which is written by a later statement.
  perform set_config('app.bulk_results', to_jsonb(v_results)::text, true);
  return to_jsonb(v_results);
end
$$;

grant execute on function
    api.lock_audit_heads(uuid[]), api.apply_operations(jsonb, boolean),
    api.check_operations(jsonb, uuid[]), api.is_client_error(text),
    api.bulk_transactions(jsonb, boolean, boolean)
  to app_analyst, app_admin;
