CREATE TABLE "card_use" (
	"card_id" text PRIMARY KEY NOT NULL,
	"as_of" date NOT NULL,
	"day1" bigint NOT NULL,
	"day7" bigint NOT NULL,
	"day30" bigint NOT NULL,
	"last_day" date NOT NULL,
	"idle_rank" integer GENERATED ALWAYS AS ('2000-01-01'::date - last_day) STORED
);
--> statement-breakpoint
CREATE TABLE "default_view" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"view_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "saved_view" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"owner_id" uuid NOT NULL,
	"owner_name" text NOT NULL,
	"name" text NOT NULL,
	"shared" boolean DEFAULT false NOT NULL,
	"filter" jsonb NOT NULL,
	"sort" text NOT NULL,
	"desc" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "saved_view_no_private" CHECK (not ("saved_view"."filter" ?| array['phone', 'code']))
);
--> statement-breakpoint
ALTER TABLE "operation" ADD COLUMN "folded" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "default_view" ADD CONSTRAINT "default_view_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "default_view" ADD CONSTRAINT "default_view_view_id_saved_view_id_fk" FOREIGN KEY ("view_id") REFERENCES "public"."saved_view"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_owner_id_user_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "card_use_day1_idx" ON "card_use" USING btree ("day1","card_id");--> statement-breakpoint
CREATE INDEX "card_use_day7_idx" ON "card_use" USING btree ("day7","card_id");--> statement-breakpoint
CREATE INDEX "card_use_day30_idx" ON "card_use" USING btree ("day30","card_id");--> statement-breakpoint
CREATE INDEX "card_use_idle_idx" ON "card_use" USING btree ("idle_rank","card_id");--> statement-breakpoint
CREATE INDEX "card_use_due_idx" ON "card_use" USING btree ("as_of","card_id") WHERE day30 > 0;--> statement-breakpoint
CREATE UNIQUE INDEX "saved_view_name_key" ON "saved_view" USING btree ("owner_id",lower("name"));--> statement-breakpoint
CREATE INDEX "saved_view_shared_idx" ON "saved_view" USING btree ("name") WHERE shared;--> statement-breakpoint
CREATE INDEX "operation_listed_idx" ON "operation" USING btree ("created_at" DESC NULLS LAST,"id") WHERE not folded and state <> 'draft';--> statement-breakpoint
-- by hand
-- The first call of a batch stands for all of it in the list.
update operation later set folded = true where batch_id is not null and exists (
  select 1 from operation earlier
  where earlier.batch_id = later.batch_id and (earlier.created_at, earlier.id) < (later.created_at, later.id));
--> statement-breakpoint
-- The sums of these cards, up to the day `today` or to the last day that is known of them.
create function recount_card_use(ids text[], today date) returns void language sql as $$
  delete from card_use u where card_id = any(ids)
    and not exists (select 1 from card_daily_use d where d.card_id = u.card_id);
  insert into card_use as u (card_id, as_of, day1, day7, day30, last_day)
  select d.card_id, p.as_of, coalesce(sum(calls) filter (where day >= p.as_of), 0),
    coalesce(sum(calls) filter (where day > p.as_of - 7), 0), coalesce(sum(calls) filter (where day > p.as_of - 30), 0), max(day)
  from (
    select i.card_id, greatest(today, k.as_of, (select max(day) from card_daily_use l where l.card_id = i.card_id)) as as_of
    from (select distinct unnest(ids) as card_id) i left join card_use k on k.card_id = i.card_id
  ) p join card_daily_use d on d.card_id = p.card_id
  group by d.card_id, p.as_of order by d.card_id
  on conflict (card_id) do update set as_of = excluded.as_of, day1 = excluded.day1, day7 = excluded.day7,
    day30 = excluded.day30, last_day = excluded.last_day;
$$;
--> statement-breakpoint
create function keep_card_use() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if exists (select 1 from removed) then
      perform recount_card_use(array(select card_id from removed), null);
    end if;
  elsif exists (select 1 from added) then
    perform recount_card_use(array(select card_id from added), null);
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger card_use_insert after insert on card_daily_use referencing new table as added
  for each statement execute function keep_card_use();
--> statement-breakpoint
create trigger card_use_update after update on card_daily_use referencing new table as added
  for each statement execute function keep_card_use();
--> statement-breakpoint
create trigger card_use_delete after delete on card_daily_use referencing old table as removed
  for each statement execute function keep_card_use();
--> statement-breakpoint
select recount_card_use(array(select distinct card_id from card_daily_use), null);
