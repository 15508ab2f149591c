ALTER TABLE "card_event" ADD COLUMN "sealed" "bytea";--> statement-breakpoint
ALTER TABLE "operation" ADD COLUMN "sealed" "bytea";--> statement-breakpoint
ALTER TABLE "operation" ADD COLUMN "about" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "card_event_unsealed_idx" ON "card_event" USING btree ("id") WHERE sealed is null and coalesce(before, after) is not null and kind in ('owner', 'redeemed', 'code');--> statement-breakpoint
CREATE INDEX "operation_about_idx" ON "operation" USING gin ("about");--> statement-breakpoint
CREATE INDEX "operation_unsealed_idx" ON "operation" USING btree ("id") WHERE sealed is null and kind <> 'generate';--> statement-breakpoint
CREATE INDEX "operation_names_trgm_idx" ON "operation" USING gin ((coalesce("params" #>> '{source,userName}', '') || ' ' || coalesce("params" #>> '{target,userName}', '') || ' ' || coalesce("params" #>> '{card,userName}', '')) gin_trgm_ops);--> statement-breakpoint
-- by hand
-- Parameters stay immutable, but for one change: the phones and codes of a row of before sealing leave them when its cipher
-- comes, and nothing else. A cipher may be replaced by another (a rotation), never be taken away.
create or replace function operation_guard() returns trigger language plpgsql as $$
begin
  if new.kind <> old.kind or new.id <> old.id or (new.params is distinct from old.params and not (
    old.sealed is null and new.sealed is not null and new.params = old.params
      #- '{source,code}' #- '{source,phone}' #- '{target,code}' #- '{target,phone}' #- '{card,code}' #- '{card,phone}'
  )) then
    raise exception 'operation %: parameters are immutable', old.id;
  end if;
  if old.sealed is not null and new.sealed is null then
    raise exception 'operation %: what is sealed stays', old.id;
  end if;
  if new.state <> old.state and not (old.state || '>' || new.state) = any (array[
    'draft>intent',
    'intent>sent', 'intent>not_sent',
    'sent>done', 'sent>refused', 'sent>not_sent', 'sent>unknown',
    'unknown>applied', 'unknown>not_applied', 'unknown>settled'
  ]) then
    raise exception 'operation %: % to % is not a move', old.id, old.state, new.state;
  end if;
  return new;
end $$;
