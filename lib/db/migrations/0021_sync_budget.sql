ALTER TABLE "sync_run" ADD COLUMN "calls" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sync_run" ADD COLUMN "progress_at" timestamp with time zone;