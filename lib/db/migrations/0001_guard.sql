-- The database's own copy of the state chain (lib/operations/move-operation.ts): an illegal move fails here even if
-- somebody forgets to ask. Parameters of an operation never change, and audit rows are only ever added.
create function operation_guard() returns trigger language plpgsql as $$
begin
  if new.params is distinct from old.params or new.kind <> old.kind or new.id <> old.id then
    raise exception 'operation %: parameters are immutable', old.id;
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
--> statement-breakpoint
create trigger operation_guard before update on operation for each row execute function operation_guard();
--> statement-breakpoint
create function audit_guard() returns trigger language plpgsql as $$
begin
  raise exception 'audit rows are never changed';
end $$;
--> statement-breakpoint
create trigger audit_guard before update or delete on audit for each row execute function audit_guard();
