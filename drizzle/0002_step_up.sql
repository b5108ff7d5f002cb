ALTER TABLE "data"."sessions" ADD COLUMN "verified_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
CREATE INDEX "audit_log_account" ON "data"."audit_log" USING btree ("owner_id","id") WHERE "data"."audit_log"."entity" in ('user', 'api_key');--> statement-breakpoint
-- The password of a session that exists was given when it began.
update "data"."sessions" set "verified_at" = "created_at";
