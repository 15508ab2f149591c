CREATE TABLE "refusal" (
	"key" text PRIMARY KEY NOT NULL,
	"actor_id" uuid,
	"actor_name" text NOT NULL,
	"ip" text,
	"action" text NOT NULL,
	"target_kind" text,
	"target_id" text,
	"outcome" text NOT NULL,
	"detail" jsonb NOT NULL,
	"count" integer NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "counted_search" (
	"user_id" uuid NOT NULL,
	"term" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "counted_search_user_id_term_pk" PRIMARY KEY("user_id","term")
);
--> statement-breakpoint
-- by hand, before the drop: what the earlier version counted and had not recorded yet
INSERT INTO "refusal" ("key", "actor_name", "ip", "action", "target_kind", "target_id", "outcome", "detail", "count", "first_at", "last_at")
SELECT "key", 'anonymous', "ip", "action", 'user', "user_id"::text, 'refused',
  CASE WHEN "username" IS NULL THEN '{}'::jsonb ELSE jsonb_build_object('username', "username") END, "count", "since", "since"
FROM "sign_in_refusal";--> statement-breakpoint
DROP TABLE "sign_in_refusal" CASCADE;--> statement-breakpoint
ALTER TABLE "counted_search" ADD CONSTRAINT "counted_search_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;