CREATE TABLE "card_name" (
	"card_id" text PRIMARY KEY NOT NULL,
	"user_name" text NOT NULL,
	"terms" "tsvector" NOT NULL
);
--> statement-breakpoint
CREATE INDEX "card_name_terms_idx" ON "card_name" USING gin ("terms");--> statement-breakpoint
CREATE INDEX "batch_note_trgm_idx" ON "batch" USING gin ("note" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "card_key_last4_idx" ON "card_key" USING btree ("last4");--> statement-breakpoint
CREATE INDEX "card_user_idx" ON "card" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "card_code_read_idx" ON "card" USING btree (translate(lower("code"), 'liod', '1100'));--> statement-breakpoint
CREATE INDEX "operation_reference_idx" ON "operation" USING btree (lower("reference")) WHERE reference is not null;