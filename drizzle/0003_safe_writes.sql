CREATE TYPE "book"."api_key_access" AS ENUM('read', 'read_write');--> statement-breakpoint
CREATE TABLE "book"."api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"role" "book"."user_role" NOT NULL,
	"access" "book"."api_key_access" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"key_hash" text NOT NULL,
	CONSTRAINT "api_keys_hash" UNIQUE("key_hash"),
	CONSTRAINT "api_keys_name_length" CHECK (length("book"."api_keys"."name") between 1 and 100)
);
--> statement-breakpoint
ALTER TABLE "book"."api_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "book"."audit_heads" (
	"book_id" uuid PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "book"."audit_heads" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "book"."audit_log" (
	"book_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_id" uuid,
	"session_id" uuid,
	"api_key_id" uuid,
	"request_id" text,
	"address" text,
	"action" text NOT NULL,
	"entity" text NOT NULL,
	"entity_id" uuid NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "book"."audit_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	CONSTRAINT "audit_log_book_id_seq_pk" PRIMARY KEY("book_id","seq"),
	CONSTRAINT "audit_log_id" UNIQUE("id")
);
--> statement-breakpoint
ALTER TABLE "book"."audit_log" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "book"."idempotency_keys" (
	"user_id" uuid NOT NULL,
	"key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"outcome" text,
	"result" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_user_id_key_pk" PRIMARY KEY("user_id","key"),
	CONSTRAINT "idempotency_keys_length" CHECK (length("book"."idempotency_keys"."key") between 1 and 255)
);
--> statement-breakpoint
ALTER TABLE "book"."idempotency_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "book"."imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"created_by" uuid DEFAULT app.user_id() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"file_name" text,
	"source" text,
	"row_count" integer NOT NULL,
	"created_count" integer NOT NULL,
	"duplicate_count" integer NOT NULL,
	"reverted_at" timestamp with time zone,
	CONSTRAINT "imports_file_name_length" CHECK (length("book"."imports"."file_name") between 1 and 255),
	CONSTRAINT "imports_source_length" CHECK (length("book"."imports"."source") between 1 and 64)
);
--> statement-breakpoint
ALTER TABLE "book"."imports" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "book"."recovery_codes" (
	"user_id" uuid NOT NULL,
	"code_hash" text NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "recovery_codes_user_id_code_hash_pk" PRIMARY KEY("user_id","code_hash")
);
--> statement-breakpoint
ALTER TABLE "book"."recovery_codes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "book"."totp_secrets" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"secret" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"confirmed_at" timestamp with time zone,
	"last_step" bigint
);
--> statement-breakpoint
ALTER TABLE "book"."totp_secrets" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "book"."sessions" ADD COLUMN "last_used_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "book"."sessions" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "book"."sessions" ADD COLUMN "user_agent" text;--> statement-breakpoint
ALTER TABLE "book"."sessions" ADD COLUMN "revoked_reason" text;--> statement-breakpoint
ALTER TABLE "book"."transactions" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "book"."transactions" ADD COLUMN "source" text;--> statement-breakpoint
ALTER TABLE "book"."transactions" ADD COLUMN "import_id" uuid;--> statement-breakpoint
ALTER TABLE "book"."api_keys" ADD CONSTRAINT "api_keys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "book"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "book"."idempotency_keys" ADD CONSTRAINT "idempotency_keys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "book"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "book"."imports" ADD CONSTRAINT "imports_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "book"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "book"."imports" ADD CONSTRAINT "imports_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "book"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "book"."recovery_codes" ADD CONSTRAINT "recovery_codes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "book"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "book"."totp_secrets" ADD CONSTRAINT "totp_secrets_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "book"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_keys_user" ON "book"."api_keys" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_entity" ON "book"."audit_log" USING btree ("entity","entity_id","id");--> statement-breakpoint
CREATE INDEX "idempotency_keys_created" ON "book"."idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "imports_user" ON "book"."imports" USING btree ("user_id","id");--> statement-breakpoint
ALTER TABLE "book"."transactions" ADD CONSTRAINT "transactions_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "book"."imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "transactions_external_id" ON "book"."transactions" USING btree ("user_id",coalesce("source", ''),"external_id") WHERE "book"."transactions"."external_id" is not null;--> statement-breakpoint
CREATE INDEX "transactions_import" ON "book"."transactions" USING btree ("import_id") WHERE "book"."transactions"."import_id" is not null;--> statement-breakpoint
ALTER TABLE "book"."sessions" ADD CONSTRAINT "sessions_user_agent_length" CHECK (length("book"."sessions"."user_agent") <= 255);--> statement-breakpoint
ALTER TABLE "book"."transactions" ADD CONSTRAINT "transactions_external_id_length" CHECK (length("book"."transactions"."external_id") between 1 and 255);--> statement-breakpoint
ALTER TABLE "book"."transactions" ADD CONSTRAINT "transactions_source_length" CHECK (length("book"."transactions"."source") between 1 and 64);