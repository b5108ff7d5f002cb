ALTER TABLE "book"."api_keys" ADD CONSTRAINT "api_keys_prefix_length" CHECK (length("book"."api_keys"."prefix") between 1 and 50);--> statement-breakpoint
ALTER TABLE "book"."api_keys" ADD CONSTRAINT "api_keys_expires_finite" CHECK (isfinite("book"."api_keys"."expires_at"));--> statement-breakpoint
ALTER TABLE "book"."audit_log" ADD CONSTRAINT "audit_log_at_finite" CHECK (isfinite("book"."audit_log"."at"));--> statement-breakpoint
ALTER TABLE "book"."idempotency_keys" ADD CONSTRAINT "idempotency_keys_fingerprint_length" CHECK (length("book"."idempotency_keys"."fingerprint") <= 100);--> statement-breakpoint
ALTER TABLE "book"."imports" ADD CONSTRAINT "imports_counts" CHECK ("book"."imports"."row_count" >= 0 and "book"."imports"."created_count" >= 0 and "book"."imports"."duplicate_count" >= 0 and "book"."imports"."created_count" + "book"."imports"."duplicate_count" <= "book"."imports"."row_count");--> statement-breakpoint
ALTER TABLE "book"."sessions" ADD CONSTRAINT "sessions_address_length" CHECK (length("book"."sessions"."address") <= 100);--> statement-breakpoint
ALTER TABLE "book"."sessions" ADD CONSTRAINT "sessions_reason_length" CHECK (length("book"."sessions"."revoked_reason") <= 50);--> statement-breakpoint
ALTER TABLE "book"."transactions" ADD CONSTRAINT "transactions_version" CHECK ("book"."transactions"."version" > 0);