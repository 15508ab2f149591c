CREATE TABLE "known_device" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_refusal" (
	"key" text PRIMARY KEY NOT NULL,
	"action" text NOT NULL,
	"user_id" uuid,
	"username" text,
	"count" integer NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"ip" text
);
--> statement-breakpoint
ALTER TABLE "sign_in_failure" ALTER COLUMN "failures" SET DATA TYPE double precision;--> statement-breakpoint
ALTER TABLE "one_time_link" ADD COLUMN "created_by" uuid;--> statement-breakpoint
ALTER TABLE "one_time_link" ADD COLUMN "used_from" text;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "device_id" uuid;--> statement-breakpoint
ALTER TABLE "known_device" ADD CONSTRAINT "known_device_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "known_device_user_idx" ON "known_device" USING btree ("user_id");--> statement-breakpoint
ALTER TABLE "one_time_link" ADD CONSTRAINT "one_time_link_created_by_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_failure" DROP COLUMN "blocked_until";--> statement-breakpoint
-- by hand
-- The counters have other keys now.
delete from "sign_in_failure";
