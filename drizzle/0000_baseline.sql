-- Types, tables, columns and indexes, and the functions that indexes, CHECKs, defaults and generated
-- columns use. drizzle-kit wrote it from src/db/schema.ts, but for the functions at the top and the
-- last statement. Views, other functions, triggers, policies and grants are in drizzle/objects/.

create extension if not exists pg_trgm;
--> statement-breakpoint
create extension if not exists btree_gin;
--> statement-breakpoint
CREATE SCHEMA "data";
--> statement-breakpoint
-- The user of this transaction, set by api.authenticate(); null outside of one.
create function data.user_id() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.user_id', true), '')::uuid;
--> statement-breakpoint
-- Digits after the decimal point, ISO 4217. A test compares it with src/lib/money/currencies.ts.
create function data.currency_exponent(currency text) returns integer
  language sql immutable strict parallel safe
  return case
    when currency in ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX',
                      'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') then 0
    when currency in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then 3
    when currency in ('CLF', 'UYW') then 4
    else 2
  end;
--> statement-breakpoint
-- The face value in ten-thousandths of the main unit: 12.50 EUR and 12.50 KWD are both 125000.
create function data.scale_amount(amount_minor bigint, currency text) returns bigint
  language sql immutable strict parallel safe
  return amount_minor * (10 ^ (4 - data.currency_exponent(currency)))::bigint;
--> statement-breakpoint
-- Text as search compares it: full case folding of all scripts, i with and without a dot as one letter,
-- and blanks of every kind and number as one blank.
create function data.fold_text(value text) returns text
  language sql immutable strict parallel safe
  return regexp_replace(
    replace(replace(casefold(value collate pg_unicode_fast), U&'i\0307', 'i'), U&'\0131', 'i'),
    '\s\s+|[^\S ]', ' ', 'g') collate "default";
--> statement-breakpoint
-- The text that search looks at. A search term has no line break, so it matches in one field only.
create function data.search_text(category text, notes text) returns text
  language sql immutable parallel safe
  return data.fold_text(category) || E'\n' || coalesce(data.fold_text(notes), '');
--> statement-breakpoint
-- Every two adjacent characters; the character itself of a text that has only one.
create function data.bigrams(letters text) returns text[]
  language sql immutable strict parallel safe
begin atomic
  select case
    when length(letters) = 1 then array[letters]
    else array(
      select pair.one || pair.next
        from unnest(string_to_array(letters, null), (string_to_array(letters, null))[2:])
             pair (one, next)
       where pair.next is not null)
    end;
end;
--> statement-breakpoint
-- Bigrams and single characters: trigrams index three ASCII letters or digits in a row and nothing
-- else, and users search for "Q2", "é" and "100%" too.
create function data.search_bigrams(letters text) returns text[]
  language sql immutable strict parallel safe
  return data.bigrams(letters) || string_to_array(letters, null);
--> statement-breakpoint
CREATE TYPE "data"."api_key_access" AS ENUM('read', 'read_write');--> statement-breakpoint
CREATE TYPE "data"."rollup_grain" AS ENUM('day', 'month', 'category');--> statement-breakpoint
CREATE TYPE "data"."transaction_type" AS ENUM('income', 'expense');--> statement-breakpoint
CREATE TYPE "data"."user_role" AS ENUM('viewer', 'analyst', 'admin');--> statement-breakpoint
CREATE TABLE "data"."api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"role" "data"."user_role" NOT NULL,
	"access" "data"."api_key_access" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"key_hash" text NOT NULL,
	CONSTRAINT "api_keys_hash" UNIQUE("key_hash"),
	CONSTRAINT "api_keys_prefix_length" CHECK (length("data"."api_keys"."prefix") between 1 and 50),
	CONSTRAINT "api_keys_expires_finite" CHECK (isfinite("data"."api_keys"."expires_at")),
	CONSTRAINT "api_keys_name_length" CHECK (length("data"."api_keys"."name") between 1 and 100)
);
--> statement-breakpoint
ALTER TABLE "data"."api_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "data"."refresh_tokens" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "data"."refresh_tokens" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "data"."sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"address" text,
	"user_agent" text,
	"revoked_at" timestamp with time zone,
	"revoked_reason" text,
	CONSTRAINT "sessions_address_length" CHECK (length("data"."sessions"."address") <= 100),
	CONSTRAINT "sessions_reason_length" CHECK (length("data"."sessions"."revoked_reason") <= 50),
	CONSTRAINT "sessions_user_agent_length" CHECK (length("data"."sessions"."user_agent") <= 255)
);
--> statement-breakpoint
ALTER TABLE "data"."sessions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "data"."recovery_codes" (
	"user_id" uuid NOT NULL,
	"code_hash" text NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "recovery_codes_user_id_code_hash_pk" PRIMARY KEY("user_id","code_hash")
);
--> statement-breakpoint
ALTER TABLE "data"."recovery_codes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "data"."totp_secrets" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"secret" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"confirmed_at" timestamp with time zone,
	"last_step" bigint
);
--> statement-breakpoint
ALTER TABLE "data"."totp_secrets" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "data"."users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" "data"."user_role" NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"password_hash" text NOT NULL,
	"token_version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email"),
	CONSTRAINT "users_email_shape" CHECK ("data"."users"."email" = lower("data"."users"."email") and "data"."users"."email" like '%_@_%' and length("data"."users"."email") <= 254),
	CONSTRAINT "users_name_length" CHECK (length("data"."users"."name") between 1 and 100)
);
--> statement-breakpoint
ALTER TABLE "data"."users" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "data"."audit_heads" (
	"owner_id" uuid PRIMARY KEY NOT NULL,
	"sequence" bigint NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "data"."audit_heads" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "data"."audit_log" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "data"."audit_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"owner_id" uuid NOT NULL,
	"sequence" bigint NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
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
	CONSTRAINT "audit_log_owner_id_sequence_pk" PRIMARY KEY("owner_id","sequence"),
	CONSTRAINT "audit_log_id" UNIQUE("id"),
	CONSTRAINT "audit_log_occurred_at_finite" CHECK (isfinite("data"."audit_log"."occurred_at"))
);
--> statement-breakpoint
ALTER TABLE "data"."audit_log" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "data"."idempotency_keys" (
	"user_id" uuid NOT NULL,
	"key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"outcome" text,
	"entity" text,
	"response" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_user_id_key_pk" PRIMARY KEY("user_id","key"),
	CONSTRAINT "idempotency_keys_fingerprint_length" CHECK (length("data"."idempotency_keys"."fingerprint") <= 100),
	CONSTRAINT "idempotency_keys_length" CHECK (length("data"."idempotency_keys"."key") between 1 and 255)
);
--> statement-breakpoint
ALTER TABLE "data"."idempotency_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "data"."imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"created_by" uuid DEFAULT data.user_id() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"file_name" text,
	"source" text,
	"row_count" integer NOT NULL,
	"created_count" integer NOT NULL,
	"duplicate_count" integer NOT NULL,
	"reverted_at" timestamp with time zone,
	CONSTRAINT "imports_file_name_length" CHECK (length("data"."imports"."file_name") between 1 and 255),
	CONSTRAINT "imports_counts" CHECK ("data"."imports"."row_count" >= 0 and "data"."imports"."created_count" >= 0 and "data"."imports"."duplicate_count" >= 0 and "data"."imports"."created_count" + "data"."imports"."duplicate_count" <= "data"."imports"."row_count"),
	CONSTRAINT "imports_source_length" CHECK (length("data"."imports"."source") between 1 and 64)
);
--> statement-breakpoint
ALTER TABLE "data"."imports" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "data"."rollups" (
	"user_id" uuid NOT NULL,
	"grain" "data"."rollup_grain" NOT NULL,
	"starts_on" date NOT NULL,
	"currency" char(3) NOT NULL,
	"type" "data"."transaction_type" NOT NULL,
	"category" text NOT NULL,
	"amount" numeric(38, 0) NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "rollups_user_id_grain_starts_on_currency_type_category_pk" PRIMARY KEY("user_id","grain","starts_on","currency","type","category"),
	CONSTRAINT "rollups_sums" CHECK ("data"."rollups"."amount" > 0 and "data"."rollups"."count" > 0),
	CONSTRAINT "rollups_category" CHECK (("data"."rollups"."category" <> '') = ("data"."rollups"."grain" = 'category')),
	CONSTRAINT "rollups_starts_on" CHECK ("data"."rollups"."grain" = 'day' or extract(day from "data"."rollups"."starts_on") = 1)
);
--> statement-breakpoint
ALTER TABLE "data"."rollups" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "data"."rollups_total" (
	"shard" smallint NOT NULL,
	"grain" "data"."rollup_grain" NOT NULL,
	"starts_on" date NOT NULL,
	"currency" char(3) NOT NULL,
	"type" "data"."transaction_type" NOT NULL,
	"category" text NOT NULL,
	"amount" numeric(38, 0) NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "rollups_total_grain_starts_on_currency_type_category_shard_pk" PRIMARY KEY("grain","starts_on","currency","type","category","shard"),
	CONSTRAINT "rollups_total_shard" CHECK ("data"."rollups_total"."shard" between 0 and 7),
	CONSTRAINT "rollups_total_sums" CHECK ("data"."rollups_total"."amount" > 0 and "data"."rollups_total"."count" > 0),
	CONSTRAINT "rollups_total_category" CHECK (("data"."rollups_total"."category" <> '') = ("data"."rollups_total"."grain" = 'category')),
	CONSTRAINT "rollups_total_starts_on" CHECK ("data"."rollups_total"."grain" = 'day' or extract(day from "data"."rollups_total"."starts_on") = 1)
);
--> statement-breakpoint
ALTER TABLE "data"."rollups_total" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "data"."transactions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"date" date NOT NULL,
	"type" "data"."transaction_type" NOT NULL,
	"amount_scaled" bigint GENERATED ALWAYS AS (data.scale_amount(amount_minor, currency)) STORED NOT NULL,
	"currency" char(3) NOT NULL,
	"category" text NOT NULL,
	"notes" text,
	"external_id" text,
	"source" text,
	"user_id" uuid NOT NULL,
	"import_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" uuid DEFAULT data.user_id() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	"amount_minor" bigint NOT NULL,
	CONSTRAINT "transactions_amount_range" CHECK ("data"."transactions"."amount_minor" > 0 and "data"."transactions"."amount_minor" < 1000000000000000 and "data"."transactions"."amount_scaled" < 100000000000000000),
	CONSTRAINT "transactions_currency_shape" CHECK ("data"."transactions"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "transactions_category_length" CHECK (length("data"."transactions"."category") between 1 and 64 and "data"."transactions"."category" = btrim("data"."transactions"."category")),
	CONSTRAINT "transactions_version" CHECK ("data"."transactions"."version" > 0),
	CONSTRAINT "transactions_external_id_length" CHECK (length("data"."transactions"."external_id") between 1 and 255),
	CONSTRAINT "transactions_source_length" CHECK (length("data"."transactions"."source") between 1 and 64),
	CONSTRAINT "transactions_notes_length" CHECK (length("data"."transactions"."notes") between 1 and 2000),
	CONSTRAINT "transactions_date_range" CHECK ("data"."transactions"."date" between '1900-01-01' and '2200-12-31')
);
--> statement-breakpoint
ALTER TABLE "data"."transactions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "data"."api_keys" ADD CONSTRAINT "api_keys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "data"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data"."refresh_tokens" ADD CONSTRAINT "refresh_tokens_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "data"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data"."sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "data"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data"."recovery_codes" ADD CONSTRAINT "recovery_codes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "data"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data"."totp_secrets" ADD CONSTRAINT "totp_secrets_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "data"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data"."idempotency_keys" ADD CONSTRAINT "idempotency_keys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "data"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data"."imports" ADD CONSTRAINT "imports_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "data"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data"."imports" ADD CONSTRAINT "imports_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "data"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data"."transactions" ADD CONSTRAINT "transactions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "data"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data"."transactions" ADD CONSTRAINT "transactions_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "data"."imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "data"."transactions" ADD CONSTRAINT "transactions_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "data"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_keys_user" ON "data"."api_keys" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "refresh_tokens_session" ON "data"."refresh_tokens" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "data"."sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "audit_log_entity" ON "data"."audit_log" USING btree ("entity","entity_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_owner" ON "data"."audit_log" USING btree ("owner_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_actor" ON "data"."audit_log" USING btree ("actor_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_request" ON "data"."audit_log" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "audit_log_occurred_at" ON "data"."audit_log" USING btree ("occurred_at");--> statement-breakpoint
CREATE INDEX "idempotency_keys_created" ON "data"."idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "imports_user" ON "data"."imports" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "rollups_grain" ON "data"."rollups" USING btree ("grain","starts_on","user_id");--> statement-breakpoint
CREATE INDEX "rollups_category" ON "data"."rollups" USING btree ("user_id","category","starts_on") WHERE "data"."rollups"."grain" = 'category';--> statement-breakpoint
CREATE INDEX "rollups_total_category" ON "data"."rollups_total" USING btree ("category","starts_on") WHERE "data"."rollups_total"."grain" = 'category';--> statement-breakpoint
CREATE INDEX "transactions_user" ON "data"."transactions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "transactions_user_date" ON "data"."transactions" USING btree ("user_id","date","id","type","currency","category","amount_minor","amount_scaled") WHERE "data"."transactions"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "transactions_user_amount" ON "data"."transactions" USING btree ("user_id","amount_scaled","id","date","type","currency","category","amount_minor") WHERE "data"."transactions"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "transactions_user_category" ON "data"."transactions" USING btree ("user_id","category","date","id","type","currency") WHERE "data"."transactions"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "transactions_user_type" ON "data"."transactions" USING btree ("user_id","type","date","id","category","currency") WHERE "data"."transactions"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "transactions_user_currency" ON "data"."transactions" USING btree ("user_id","currency","date","id","category","type") WHERE "data"."transactions"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "transactions_category" ON "data"."transactions" USING btree ("category","date","id","type","currency") WHERE "data"."transactions"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "transactions_date" ON "data"."transactions" USING btree ("date","id");--> statement-breakpoint
CREATE INDEX "transactions_amount" ON "data"."transactions" USING btree ("amount_scaled","id");--> statement-breakpoint
CREATE INDEX "transactions_deleted" ON "data"."transactions" USING btree ("date","id") WHERE "data"."transactions"."deleted_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "transactions_external_id" ON "data"."transactions" USING btree ("user_id",coalesce("source", ''),"external_id") WHERE "data"."transactions"."external_id" is not null;--> statement-breakpoint
CREATE INDEX "transactions_import" ON "data"."transactions" USING btree ("import_id") WHERE "data"."transactions"."import_id" is not null;--> statement-breakpoint
CREATE INDEX "transactions_search" ON "data"."transactions" USING gin ("user_id",data.search_text(category, notes) gin_trgm_ops,data.search_bigrams(data.search_text(category, notes))) WITH (fastupdate=true,gin_pending_list_limit=2048);--> statement-breakpoint
-- Roll-ups of the current month change often, so pages leave room for the next version of a row.
ALTER TABLE "data"."rollups" SET (fillfactor = 80);--> statement-breakpoint
ALTER TABLE "data"."rollups_total" SET (fillfactor = 80);
