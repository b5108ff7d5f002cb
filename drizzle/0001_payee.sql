ALTER TABLE "data"."transactions" ADD COLUMN "payee" text;--> statement-breakpoint
CREATE INDEX "transactions_user_payee" ON "data"."transactions" USING btree ("user_id","payee","date","id") WHERE "data"."transactions"."payee" is not null;--> statement-breakpoint
CREATE INDEX "transactions_payee" ON "data"."transactions" USING btree ("payee","date","id") WHERE "data"."transactions"."payee" is not null;--> statement-breakpoint
ALTER TABLE "data"."transactions" ADD CONSTRAINT "transactions_payee_length" CHECK (length("data"."transactions"."payee") between 1 and 200);