CREATE TABLE "card_seen" (
	"card_id" text PRIMARY KEY NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"missed" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
DROP INDEX "card_type_idx";--> statement-breakpoint
DROP INDEX "card_name_idx";--> statement-breakpoint
DROP INDEX "card_balance_idx";--> statement-breakpoint
DROP INDEX "card_created_idx";--> statement-breakpoint
DROP INDEX "card_updated_idx";--> statement-breakpoint
DROP INDEX "card_phone_idx";--> statement-breakpoint
DROP INDEX "card_name_trgm_idx";--> statement-breakpoint
ALTER TABLE "card" ADD COLUMN "balance_rank" bigint GENERATED ALWAYS AS (case when unlimited then 9223372036854775807 else balance end) STORED;--> statement-breakpoint
ALTER TABLE "card" ADD COLUMN "name_key" text GENERATED ALWAYS AS (lower(normalize(user_name, NFKC))) STORED;--> statement-breakpoint
CREATE INDEX "card_live_code_idx" ON "card" USING btree ("code","id") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_live_type_idx" ON "card" USING btree ("type","id") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_live_redeemed_idx" ON "card" USING btree (("phone" is null),"id") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_live_name_asc_idx" ON "card" USING btree ("user_name","id") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_live_name_desc_idx" ON "card" USING btree ("user_name" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_live_phone_asc_idx" ON "card" USING btree ("phone","id") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_live_phone_desc_idx" ON "card" USING btree ("phone" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_live_balance_asc_idx" ON "card" USING btree ("balance_rank","id") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_live_balance_desc_idx" ON "card" USING btree ("balance_rank" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_live_created_asc_idx" ON "card" USING btree ("created_at","id") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_live_created_desc_idx" ON "card" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_live_updated_asc_idx" ON "card" USING btree ("updated_at","id") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_live_updated_desc_idx" ON "card" USING btree ("updated_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_gone_idx" ON "card" USING btree ("gone_at","id") WHERE gone_at is not null;--> statement-breakpoint
CREATE INDEX "card_phone_idx" ON "card" USING btree ("phone");--> statement-breakpoint
CREATE INDEX "card_name_trgm_idx" ON "card" USING gin ("name_key" gin_trgm_ops);--> statement-breakpoint
ALTER TABLE "card" DROP COLUMN "missed";--> statement-breakpoint
-- Room on each page for the next sync's versions, so that it touches neither the index nor other pages.
ALTER TABLE "card_seen" SET (fillfactor = 50);
