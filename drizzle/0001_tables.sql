CREATE SCHEMA "book";
--> statement-breakpoint
CREATE TYPE "book"."transaction_type" AS ENUM('income', 'expense');--> statement-breakpoint
CREATE TYPE "book"."user_role" AS ENUM('viewer', 'analyst', 'admin');--> statement-breakpoint
CREATE TABLE "book"."refresh_tokens" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "book"."refresh_tokens" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "book"."sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "book"."sessions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "book"."transactions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"type" "book"."transaction_type" NOT NULL,
	"amount_minor" bigint NOT NULL,
	"amount_scaled" bigint GENERATED ALWAYS AS (app.scale_amount(amount_minor, currency)) STORED NOT NULL,
	"currency" char(3) NOT NULL,
	"category" text NOT NULL,
	"date" date NOT NULL,
	"notes" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" uuid DEFAULT app.user_id() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "transactions_amount_range" CHECK ("book"."transactions"."amount_minor" > 0 and "book"."transactions"."amount_minor" < 1000000000000000 and "book"."transactions"."amount_scaled" < 100000000000000000),
	CONSTRAINT "transactions_currency_shape" CHECK ("book"."transactions"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "transactions_category_length" CHECK (length("book"."transactions"."category") between 1 and 64 and "book"."transactions"."category" = btrim("book"."transactions"."category")),
	CONSTRAINT "transactions_notes_length" CHECK (length("book"."transactions"."notes") between 1 and 2000),
	CONSTRAINT "transactions_date_range" CHECK ("book"."transactions"."date" between '1900-01-01' and '2200-12-31')
);
--> statement-breakpoint
ALTER TABLE "book"."transactions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "book"."users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" "book"."user_role" NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"password_hash" text NOT NULL,
	"session_epoch" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email"),
	CONSTRAINT "users_email_shape" CHECK ("book"."users"."email" = lower("book"."users"."email") and "book"."users"."email" like '%_@_%' and length("book"."users"."email") <= 254),
	CONSTRAINT "users_name_length" CHECK (length("book"."users"."name") between 1 and 100)
);
--> statement-breakpoint
ALTER TABLE "book"."users" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "book"."refresh_tokens" ADD CONSTRAINT "refresh_tokens_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "book"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "book"."sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "book"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "book"."transactions" ADD CONSTRAINT "transactions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "book"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "book"."transactions" ADD CONSTRAINT "transactions_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "book"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "refresh_tokens_session" ON "book"."refresh_tokens" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "book"."sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "transactions_user_date" ON "book"."transactions" USING btree ("user_id","date","id") WHERE "book"."transactions"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "transactions_user_amount" ON "book"."transactions" USING btree ("user_id","amount_scaled","id") WHERE "book"."transactions"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "transactions_date" ON "book"."transactions" USING btree ("date","id");--> statement-breakpoint
CREATE INDEX "transactions_amount" ON "book"."transactions" USING btree ("amount_scaled","id");--> statement-breakpoint
CREATE INDEX "transactions_deleted" ON "book"."transactions" USING btree ("date","id") WHERE "book"."transactions"."deleted_at" is not null;