CREATE TABLE "data"."import_rows" (
	"import_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"user_id" uuid NOT NULL,
	"outcome" text NOT NULL,
	"transaction_id" uuid,
	"account" text,
	"fingerprint" text,
	"place" integer,
	"external_id" text,
	"date" date NOT NULL,
	"currency" char(3) NOT NULL,
	"amount_minor" bigint NOT NULL,
	CONSTRAINT "import_rows_import_id_line_pk" PRIMARY KEY("import_id","line"),
	CONSTRAINT "import_rows_outcome" CHECK ("data"."import_rows"."outcome" in ('created', 'duplicate', 'deleted', 'skipped'))
);
--> statement-breakpoint
ALTER TABLE "data"."import_rows" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "data"."imports" ADD COLUMN "not_booked_count" integer;--> statement-breakpoint
ALTER TABLE "data"."import_rows" ADD CONSTRAINT "import_rows_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "data"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "import_rows_fingerprint" ON "data"."import_rows" USING btree ("user_id","fingerprint") WHERE "data"."import_rows"."fingerprint" is not null;--> statement-breakpoint
CREATE INDEX "import_rows_external_id" ON "data"."import_rows" USING btree ("user_id","external_id") WHERE "data"."import_rows"."external_id" is not null;--> statement-breakpoint
CREATE INDEX "import_rows_transaction" ON "data"."import_rows" USING btree ("transaction_id") WHERE "data"."import_rows"."transaction_id" is not null;--> statement-breakpoint
CREATE INDEX "transactions_user_external_id" ON "data"."transactions" USING btree ("user_id","external_id") WHERE "data"."transactions"."external_id" is not null;--> statement-breakpoint
ALTER TABLE "data"."imports" ADD CONSTRAINT "imports_not_booked" CHECK ("data"."imports"."not_booked_count" >= 0);