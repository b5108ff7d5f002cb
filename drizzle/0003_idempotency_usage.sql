CREATE TABLE "data"."idempotency_usage" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"bytes" bigint NOT NULL,
	CONSTRAINT "idempotency_usage_bytes" CHECK ("data"."idempotency_usage"."bytes" >= 0)
);
--> statement-breakpoint
ALTER TABLE "data"."idempotency_usage" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "data"."idempotency_usage" ADD CONSTRAINT "idempotency_usage_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "data"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
insert into "data"."idempotency_usage" ("user_id", "bytes")
  select "user_id", coalesce(sum(pg_column_size("response")), 0)
    from "data"."idempotency_keys" group by "user_id";
