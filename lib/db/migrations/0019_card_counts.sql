CREATE TABLE "card_count" (
	"type" text NOT NULL,
	"gone" boolean NOT NULL,
	"redeemed" boolean NOT NULL,
	"empty" boolean NOT NULL,
	"cards" integer NOT NULL
);
--> statement-breakpoint
DROP INDEX "card_live_code_idx";--> statement-breakpoint
DROP INDEX "card_live_type_idx";--> statement-breakpoint
DROP INDEX "card_live_id_idx";--> statement-breakpoint
DROP INDEX "card_live_redeemed_idx";--> statement-breakpoint
DROP INDEX "card_live_name_asc_idx";--> statement-breakpoint
DROP INDEX "card_live_name_desc_idx";--> statement-breakpoint
DROP INDEX "card_live_phone_asc_idx";--> statement-breakpoint
DROP INDEX "card_live_phone_desc_idx";--> statement-breakpoint
DROP INDEX "card_live_balance_asc_idx";--> statement-breakpoint
DROP INDEX "card_live_balance_desc_idx";--> statement-breakpoint
DROP INDEX "card_live_created_asc_idx";--> statement-breakpoint
DROP INDEX "card_live_created_desc_idx";--> statement-breakpoint
DROP INDEX "card_live_updated_asc_idx";--> statement-breakpoint
DROP INDEX "card_live_updated_desc_idx";--> statement-breakpoint
DROP INDEX "card_gone_idx";--> statement-breakpoint
CREATE INDEX "card_name_chars_idx" ON "card" USING gin (string_to_array("name_key", null));--> statement-breakpoint
CREATE INDEX "card_live_code_idx" ON "card" USING btree ("code","id","type","balance_rank","phone","created_at") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_live_type_idx" ON "card" USING btree ("type","id","balance_rank","phone","created_at") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_live_id_idx" ON "card" USING btree ("id","type","balance_rank","phone","created_at") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_live_redeemed_idx" ON "card" USING btree (("phone" is null),"id","phone","type","balance_rank","created_at") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_live_name_asc_idx" ON "card" USING btree ("user_name","id","type","balance_rank","phone","created_at") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_live_name_desc_idx" ON "card" USING btree ("user_name" DESC NULLS LAST,"id" DESC NULLS LAST,"type","balance_rank","phone","created_at") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_live_phone_asc_idx" ON "card" USING btree ("phone","id","type","balance_rank","created_at") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_live_phone_desc_idx" ON "card" USING btree ("phone" DESC NULLS LAST,"id" DESC NULLS LAST,"type","balance_rank","created_at") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_live_balance_asc_idx" ON "card" USING btree ("balance_rank","id","type","phone","created_at") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_live_balance_desc_idx" ON "card" USING btree ("balance_rank" DESC NULLS LAST,"id" DESC NULLS LAST,"type","phone","created_at") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_live_created_asc_idx" ON "card" USING btree ("created_at","id","type","balance_rank","phone") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_live_created_desc_idx" ON "card" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST,"type","balance_rank","phone") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_live_updated_asc_idx" ON "card" USING btree ("updated_at","id","type","balance_rank","phone","created_at") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_live_updated_desc_idx" ON "card" USING btree ("updated_at" DESC NULLS LAST,"id" DESC NULLS LAST,"type","balance_rank","phone","created_at") WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX "card_gone_idx" ON "card" USING btree ("gone_at","id","type","balance_rank","phone","created_at","updated_at","user_name","code") WHERE gone_at is not null;
--> statement-breakpoint
-- by hand
-- The counts follow the cards in the same statement, whoever wrote them. A row is added for what changed and none is
-- rewritten: two writers never wait for each other's counts, and every snapshot has the counts of its own cards.
create function count_cards() returns trigger language plpgsql as $$
begin
  if tg_op = 'TRUNCATE' then
    delete from card_count;
  elsif tg_op = 'INSERT' then
    insert into card_count (type, gone, redeemed, empty, cards)
    select type, gone_at is not null, phone is not null, balance_rank is not distinct from 0, count(*)
    from added group by 1, 2, 3, 4;
  elsif tg_op = 'DELETE' then
    insert into card_count (type, gone, redeemed, empty, cards)
    select type, gone_at is not null, phone is not null, balance_rank is not distinct from 0, -count(*)
    from removed group by 1, 2, 3, 4;
  else
    insert into card_count (type, gone, redeemed, empty, cards)
    select type, gone_at is not null, phone is not null, balance_rank is not distinct from 0, sum(cards) from (
      select type, gone_at, phone, balance_rank, 1 as cards from added
      union all select type, gone_at, phone, balance_rank, -1 from removed
    ) step group by 1, 2, 3, 4 having sum(cards) <> 0;
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger card_count_insert after insert on card referencing new table as added
  for each statement execute function count_cards();
--> statement-breakpoint
create trigger card_count_update after update on card referencing old table as removed new table as added
  for each statement execute function count_cards();
--> statement-breakpoint
create trigger card_count_delete after delete on card referencing old table as removed
  for each statement execute function count_cards();
--> statement-breakpoint
create trigger card_count_truncate after truncate on card for each statement execute function count_cards();
--> statement-breakpoint
insert into card_count (type, gone, redeemed, empty, cards)
select type, gone_at is not null, phone is not null, balance_rank is not distinct from 0, count(*)
from card group by 1, 2, 3, 4;
