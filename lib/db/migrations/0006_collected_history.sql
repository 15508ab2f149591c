-- What the upstreams keep no history of, collected from now on: docs/decisions/history.md.
CREATE TABLE "key_scan" (
	"name" text PRIMARY KEY NOT NULL,
	"last_run_at" timestamp with time zone NOT NULL,
	"newest" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"rows_passed" integer DEFAULT 0 NOT NULL,
	"page_size" integer NOT NULL,
	"last_page_id" text,
	"round_ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "card_daily_use" (
	"card_id" text NOT NULL,
	"day" date NOT NULL,
	"calls" bigint NOT NULL,
	CONSTRAINT "card_daily_use_card_id_day_pk" PRIMARY KEY("card_id","day")
);
--> statement-breakpoint
CREATE TABLE "card_event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "card_event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"card_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"before" text,
	"after" text,
	"operation_id" uuid
);
--> statement-breakpoint
ALTER TABLE "card_key" ADD COLUMN "used" boolean;--> statement-breakpoint
ALTER TABLE "card_key" ADD COLUMN "deleted" boolean;--> statement-breakpoint
ALTER TABLE "card_key" ADD COLUMN "expires_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "card_key" ADD COLUMN "device" text;--> statement-breakpoint
ALTER TABLE "card_key" ADD COLUMN "export_state" integer;--> statement-breakpoint
ALTER TABLE "card_key" ADD COLUMN "seen_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "operation" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "operation" ADD COLUMN "reference" text;--> statement-breakpoint
CREATE INDEX "card_daily_use_day_idx" ON "card_daily_use" USING btree ("day");--> statement-breakpoint
CREATE INDEX "card_event_card_idx" ON "card_event" USING btree ("card_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "card_event_at_idx" ON "card_event" USING btree ("at");--> statement-breakpoint
CREATE INDEX "card_event_operation_idx" ON "card_event" USING btree ("operation_id") WHERE operation_id is not null;