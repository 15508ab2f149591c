CREATE TABLE "customer_note" (
	"id" uuid PRIMARY KEY NOT NULL,
	"card_id" text,
	"user_id" text,
	"author_id" uuid NOT NULL,
	"author_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"sealed" "bytea",
	"deleted_at" timestamp with time zone,
	"deleted_by_name" text,
	CONSTRAINT "customer_note_bound" CHECK (card_id is not null or user_id is not null),
	CONSTRAINT "customer_note_deleted" CHECK ((deleted_at is null) = (sealed is not null) and (deleted_at is null) = (deleted_by_name is null))
);
--> statement-breakpoint
CREATE TABLE "follow_up" (
	"id" uuid PRIMARY KEY NOT NULL,
	"card_id" text NOT NULL,
	"operation_id" uuid,
	"sealed" "bytea" NOT NULL,
	"assigned_to" uuid NOT NULL,
	"opened_by" uuid NOT NULL,
	"opened_by_name" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone,
	"state" text NOT NULL,
	"finished_at" timestamp with time zone,
	"finished_by_name" text,
	CONSTRAINT "follow_up_due" CHECK (operation_id is not null or due_at is not null),
	CONSTRAINT "follow_up_finished" CHECK ((state = 'done') = (finished_at is not null) and (state = 'done') = (finished_by_name is not null))
);
--> statement-breakpoint
ALTER TABLE "customer_note" ADD CONSTRAINT "customer_note_author_id_user_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_operation_id_operation_id_fk" FOREIGN KEY ("operation_id") REFERENCES "public"."operation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_assigned_to_user_id_fk" FOREIGN KEY ("assigned_to") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_opened_by_user_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "customer_note_card_idx" ON "customer_note" USING btree ("card_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "customer_note_user_idx" ON "customer_note" USING btree ("user_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "follow_up_assigned_idx" ON "follow_up" USING btree ("assigned_to") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "follow_up_card_idx" ON "follow_up" USING btree ("card_id");--> statement-breakpoint
CREATE INDEX "follow_up_opened_idx" ON "follow_up" USING btree ("opened_at" DESC NULLS LAST,"id");