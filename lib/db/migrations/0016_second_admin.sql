CREATE TABLE "approval_use" (
	"approval_id" uuid PRIMARY KEY NOT NULL,
	"used_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "approval" ALTER COLUMN "measure" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "approval" ALTER COLUMN "asked" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "approval_use" ADD CONSTRAINT "approval_use_approval_id_approval_id_fk" FOREIGN KEY ("approval_id") REFERENCES "public"."approval"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval" ADD CONSTRAINT "approval_not_ones_own_account" CHECK (decided_by <> all (subject_ids));--> statement-breakpoint
ALTER TABLE "approval" ADD CONSTRAINT "approval_measured" CHECK ((subject_kind in ('operation', 'batch')) = (measure is not null) and (measure is null) = (asked is null));--> statement-breakpoint
-- by hand
-- An approval of a reset is used once: only while it stands approved, and for good.
create function approval_use_guard() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    raise exception 'approval %: used for good', old.approval_id;
  end if;
  if not exists (select 1 from approval a where a.id = new.approval_id and a.state = 'approved'
      and a.subject_kind in ('password_reset', 'second_factor_reset') and a.expires_at > new.used_at) then
    raise exception 'approval %: not to be used', new.approval_id;
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger approval_use_guard before insert or update or delete on approval_use
  for each row execute function approval_use_guard();
