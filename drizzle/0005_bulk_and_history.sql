-- Records carry the name that they have where they come from, and the import that brought them in.

create or replace view app.own_transactions as
  select id, user_id, type, amount_minor, amount_scaled, currency, category, date, notes, version,
         created_by, created_at, updated_at, deleted_at, external_id, source, import_id
    from book.transactions
   where user_id = (select app.user_id()) and deleted_at is null
  with cascaded check option;
--> statement-breakpoint
create or replace view app.all_transactions as
  select id, user_id, type, amount_minor, amount_scaled, currency, category, date, notes, version,
         created_by, created_at, updated_at, deleted_at, external_id, source, import_id
    from book.transactions;
--> statement-breakpoint
grant insert (external_id, source, import_id) on app.own_transactions to app_analyst;
--> statement-breakpoint
grant insert (external_id, source, import_id) on app.all_transactions to app_admin;
--> statement-breakpoint
grant update (external_id, source) on app.all_transactions to app_admin;
--> statement-breakpoint
create or replace function book.before_transaction_update() returns trigger
  language plpgsql
as $$
begin
  if (new.type, new.amount_minor, new.currency, new.category, new.date, new.notes, new.deleted_at,
      new.external_id, new.source)
     is distinct from
     (old.type, old.amount_minor, old.currency, old.category, old.date, old.notes, old.deleted_at,
      old.external_id, old.source)
  then
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  return new;
end
$$;
