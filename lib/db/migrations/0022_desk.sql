ALTER TABLE "operation" ADD COLUMN "folded" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "operation_listed_idx" ON "operation" USING btree ("created_at" DESC NULLS LAST,"id") WHERE not folded and state <> 'draft';--> statement-breakpoint
-- by hand
-- The first call of a batch stands for all of it in the list.
update operation later set folded = true where batch_id is not null and exists (
  select 1 from operation earlier
  where earlier.batch_id = later.batch_id and (earlier.created_at, earlier.id) < (later.created_at, later.id));
