CREATE INDEX "customer_note_author_idx" ON "customer_note" USING btree ("author_id","at");--> statement-breakpoint
CREATE INDEX "follow_up_opener_idx" ON "follow_up" USING btree ("opened_by") WHERE state = 'open';--> statement-breakpoint
-- by hand
-- What an operation belongs to is as immutable as its parameters: a link set, changed or taken away afterwards would let a transfer be
-- given back twice, or a card be destroyed as the end of a merge that never was. So is whose operation it is.
create or replace function operation_guard() returns trigger language plpgsql as $$
begin
  if new.kind <> old.kind or new.id <> old.id or (new.params is distinct from old.params and not (
    old.sealed is null and new.sealed is not null and new.params = old.params
      #- '{source,code}' #- '{source,phone}' #- '{target,code}' #- '{target,phone}' #- '{card,code}' #- '{card,phone}'
  )) then
    raise exception 'operation %: parameters are immutable', old.id;
  end if;
  if (new.retry_of, new.reverses, new.merges, new.merge_of, new.batch_id, new.actor_id, new.actor_name) is distinct from
     (old.retry_of, old.reverses, old.merges, old.merge_of, old.batch_id, old.actor_id, old.actor_name) then
    raise exception 'operation %: what it belongs to is immutable', old.id;
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
