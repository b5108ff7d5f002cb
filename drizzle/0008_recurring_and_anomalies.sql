CREATE TABLE "data"."dismissed_anomalies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"dismissed_by" uuid DEFAULT data.user_id() NOT NULL,
	"dismissed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "dismissed_anomalies_key" UNIQUE("user_id","key"),
	CONSTRAINT "dismissed_anomalies_key_shape" CHECK ("data"."dismissed_anomalies"."key" ~ '^ano_[0-9a-f]{16}$'),
	CONSTRAINT "dismissed_anomalies_kind_length" CHECK (length("data"."dismissed_anomalies"."kind") between 1 and 64)
);
--> statement-breakpoint
ALTER TABLE "data"."dismissed_anomalies" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "data"."recurring_decisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"key" text NOT NULL,
	"status" text NOT NULL,
	"name" text,
	"stream_group" text NOT NULL,
	"type" "data"."transaction_type" NOT NULL,
	"currency" char(3) NOT NULL,
	"cadence" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"last_date" date NOT NULL,
	"transaction_ids" uuid[] NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"decided_by" uuid DEFAULT data.user_id() NOT NULL,
	"decided_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "recurring_decisions_key" UNIQUE("user_id","key"),
	CONSTRAINT "recurring_decisions_key_shape" CHECK ("data"."recurring_decisions"."key" ~ '^rec_[0-9a-f]{16}$'),
	CONSTRAINT "recurring_decisions_status" CHECK ("data"."recurring_decisions"."status" in ('detected', 'confirmed', 'dismissed')),
	CONSTRAINT "recurring_decisions_name_length" CHECK (length("data"."recurring_decisions"."name") between 1 and 100),
	CONSTRAINT "recurring_decisions_amount" CHECK ("data"."recurring_decisions"."amount_minor" > 0),
	CONSTRAINT "recurring_decisions_version" CHECK ("data"."recurring_decisions"."version" > 0),
	CONSTRAINT "recurring_decisions_transactions" CHECK (cardinality("data"."recurring_decisions"."transaction_ids") between 1 and 24)
);
--> statement-breakpoint
ALTER TABLE "data"."recurring_decisions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "data"."dismissed_anomalies" ADD CONSTRAINT "dismissed_anomalies_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "data"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data"."dismissed_anomalies" ADD CONSTRAINT "dismissed_anomalies_dismissed_by_users_id_fk" FOREIGN KEY ("dismissed_by") REFERENCES "data"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data"."recurring_decisions" ADD CONSTRAINT "recurring_decisions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "data"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data"."recurring_decisions" ADD CONSTRAINT "recurring_decisions_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "data"."users"("id") ON DELETE no action ON UPDATE no action;