DROP INDEX "data"."transactions_search";--> statement-breakpoint
drop function data.search_text(text, text);
--> statement-breakpoint
-- The text that search looks at. A search term has no line break, so it matches in one field only.
create function data.search_text(category text, payee text, notes text) returns text
  language sql immutable parallel safe
  return data.fold_text(category) || E'\n' || coalesce(data.fold_text(payee), '') || E'\n'
    || coalesce(data.fold_text(notes), '');
--> statement-breakpoint
ALTER TABLE "data"."transactions" ADD COLUMN "search_text" text GENERATED ALWAYS AS (data.search_text(category, payee, notes)) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "transactions_search" ON "data"."transactions" USING gin ("user_id","search_text" gin_trgm_ops,data.search_bigrams(search_text)) WITH (fastupdate=true,gin_pending_list_limit=2048);