ALTER TABLE "operation" ADD COLUMN "reverses" uuid;--> statement-breakpoint
ALTER TABLE "operation" ADD COLUMN "merges" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "operation" ADD COLUMN "merge_of" uuid;--> statement-breakpoint
CREATE INDEX "card_event_theirs_idx" ON "card_event" USING btree ("card_id","at","id") WHERE operation_id is null;--> statement-breakpoint
CREATE INDEX "card_event_end_idx" ON "card_event" USING btree ("at","kind","card_id") WHERE operation_id is null and (kind = 'gone' or (kind = 'balance' and after = '0' and before is not null));--> statement-breakpoint
CREATE UNIQUE INDEX "operation_reverses_key" ON "operation" USING btree ("reverses") WHERE reverses is not null and state not in ('draft', 'refused', 'not_sent', 'not_applied');--> statement-breakpoint
CREATE UNIQUE INDEX "operation_merge_key" ON "operation" USING btree ("merge_of") WHERE merge_of is not null and state not in ('draft', 'refused', 'not_sent', 'not_applied');