CREATE TYPE "book"."rollup_grain" AS ENUM('day', 'month', 'category');--> statement-breakpoint
CREATE TABLE "book"."rollups" (
	"user_id" uuid NOT NULL,
	"grain" "book"."rollup_grain" NOT NULL,
	"starts_on" date NOT NULL,
	"currency" char(3) NOT NULL,
	"type" "book"."transaction_type" NOT NULL,
	"category" text NOT NULL,
	"amount" numeric(38, 0) NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "rollups_user_id_grain_starts_on_currency_type_category_pk" PRIMARY KEY("user_id","grain","starts_on","currency","type","category"),
	CONSTRAINT "rollups_sums" CHECK ("book"."rollups"."amount" > 0 and "book"."rollups"."count" > 0),
	CONSTRAINT "rollups_category" CHECK (("book"."rollups"."category" <> '') = ("book"."rollups"."grain" = 'category')),
	CONSTRAINT "rollups_starts_on" CHECK ("book"."rollups"."grain" = 'day' or extract(day from "book"."rollups"."starts_on") = 1)
);
--> statement-breakpoint
ALTER TABLE "book"."rollups" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "book"."transactions_user_date";--> statement-breakpoint
DROP INDEX "book"."transactions_user_amount";--> statement-breakpoint
ALTER TABLE "book"."rollups" ADD CONSTRAINT "rollups_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "book"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "rollups_grain" ON "book"."rollups" USING btree ("grain","starts_on","user_id");--> statement-breakpoint
CREATE INDEX "rollups_category" ON "book"."rollups" USING btree ("user_id","category","starts_on") WHERE "book"."rollups"."grain" = 'category';--> statement-breakpoint
CREATE INDEX "transactions_user" ON "book"."transactions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "transactions_user_category" ON "book"."transactions" USING btree ("user_id","category","date","id","type","currency") WHERE "book"."transactions"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "transactions_user_type" ON "book"."transactions" USING btree ("user_id","type","date","id","category","currency") WHERE "book"."transactions"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "transactions_user_currency" ON "book"."transactions" USING btree ("user_id","currency","date","id","category","type") WHERE "book"."transactions"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "transactions_category" ON "book"."transactions" USING btree ("category","date","id","type","currency") WHERE "book"."transactions"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "transactions_user_date" ON "book"."transactions" USING btree ("user_id","date","id","type","currency","category","amount_minor","amount_scaled") WHERE "book"."transactions"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "transactions_user_amount" ON "book"."transactions" USING btree ("user_id","amount_scaled","id","date","type","currency","category","amount_minor") WHERE "book"."transactions"."deleted_at" is null;