CREATE TABLE "data"."masking" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"role" "data"."user_role" NOT NULL,
	"fields" jsonb NOT NULL,
	"version" integer DEFAULT 2 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"owner_id" uuid NOT NULL,
	CONSTRAINT "masking_role_unique" UNIQUE("role"),
	CONSTRAINT "masking_role" CHECK ("data"."masking"."role" <> 'admin'),
	CONSTRAINT "masking_fields" CHECK (jsonb_typeof("data"."masking"."fields") = 'object')
);
--> statement-breakpoint
ALTER TABLE "data"."masking" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "data"."masking" ADD CONSTRAINT "masking_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "data"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data"."masking" ADD CONSTRAINT "masking_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "data"."users"("id") ON DELETE no action ON UPDATE no action;