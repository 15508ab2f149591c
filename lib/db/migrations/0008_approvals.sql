CREATE TABLE "approval" (
	"id" uuid PRIMARY KEY NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_ids" uuid[] NOT NULL,
	"measure" text NOT NULL,
	"asked" bigint NOT NULL,
	"reason" text NOT NULL,
	"reference" text,
	"requested_by" uuid NOT NULL,
	"requested_by_name" text NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"decided_by" uuid,
	"decided_by_name" text,
	"decided_at" timestamp with time zone,
	"decision_reason" text,
	"summary" jsonb,
	CONSTRAINT "approval_not_ones_own" CHECK (decided_by <> requested_by),
	CONSTRAINT "approval_decided" CHECK ((state = 'pending') = (decided_by is null) and (state = 'pending') = (decided_at is null)),
	CONSTRAINT "approval_batch_summary" CHECK ((subject_kind = 'batch') = (summary is not null))
);
--> statement-breakpoint
ALTER TABLE "approval" ADD CONSTRAINT "approval_requested_by_user_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval" ADD CONSTRAINT "approval_decided_by_user_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "approval_requested_idx" ON "approval" USING btree ("requested_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "approval_requester_idx" ON "approval" USING btree ("requested_by","state","expires_at");--> statement-breakpoint
-- by hand
-- What was asked for stays as it was when somebody decided on it, and a decision stands.
create function approval_guard() returns trigger language plpgsql as $$
begin
  if old.state <> 'pending' then
    raise exception 'approval %: decided already', old.id;
  end if;
  if (new.id, new.subject_kind, new.subject_ids, new.measure, new.asked, new.reason, new.reference, new.requested_by,
      new.requested_by_name, new.requested_at, new.expires_at, new.summary)
    is distinct from
     (old.id, old.subject_kind, old.subject_ids, old.measure, old.asked, old.reason, old.reference, old.requested_by,
      old.requested_by_name, old.requested_at, old.expires_at, old.summary) then
    raise exception 'approval %: what was asked for never changes', old.id;
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger approval_guard before update on approval for each row execute function approval_guard();
