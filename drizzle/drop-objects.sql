-- Drops everything that drizzle/objects/ creates: triggers and policies on the tables, then what is in
-- `api`, `private` and the schemas of the roles. It never says CASCADE, so it cannot drop a table, a
-- column or an index. What another object needs waits for the next round; if something in `data` needs
-- it, this fails and names it.
do $$
declare
  v_statement text;
  v_dropped boolean;
  v_problem text;
begin
  for v_statement in
    select format('drop trigger %I on %s', t.tgname, c.oid::regclass)
      from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where c.relnamespace = to_regnamespace('data') and not t.tgisinternal
    union all
    select format('drop policy %I on %s', p.polname, c.oid::regclass)
      from pg_policy p join pg_class c on c.oid = p.polrelid
     where c.relnamespace = to_regnamespace('data')
  loop
    execute v_statement;
  end loop;
  loop
    v_dropped := false;
    v_problem := null;
    foreach v_statement in array array(
      select format('drop routine %s', p.oid::regprocedure)
        from pg_proc p
       where p.pronamespace in (to_regnamespace('api'), to_regnamespace('private'))
      union all
      select format('drop %s %s', case c.relkind when 'v' then 'view' else 'type' end, c.oid::regclass)
        from pg_class c
       where c.relnamespace in (to_regnamespace('api'), to_regnamespace('private'),
                                to_regnamespace('api_viewer'), to_regnamespace('api_analyst'))
         and c.relkind in ('v', 'c'))
    loop
      begin
        execute v_statement;
        v_dropped := true;
      exception
        when dependent_objects_still_exist then
          get stacked diagnostics v_problem = pg_exception_detail;
      end;
    end loop;
    exit when not v_dropped;
  end loop;
  if v_problem is not null then
    raise exception 'an object of drizzle/objects/ is still in use: %', v_problem;
  end if;
end
$$;
drop schema if exists api, private, api_viewer, api_analyst;
