ALTER TABLE "operation" ADD COLUMN "previewed_together" integer;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "proved_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "failed_proofs" integer DEFAULT 0 NOT NULL;