import "server-only";
import { and, inArray, isNotNull, sql } from "drizzle-orm";
import { openChange } from "@/lib/cards";
import { cardEvent, operation } from "@/lib/db/schema";
import { openOperation, viewOperation } from "@/lib/operations";
import { isBefore, type Page, placeTime } from "../source";
import type { OwnChange, TimelineEntry } from "../types";

/** Our own operations, by when they were confirmed, with what each changed. One between two of the cards is one entry. */
export async function readOperations({ ctx, kinds, cardIds, before, limit }: Page): Promise<TimelineEntry[]> {
  const cards = sql.param([...cardIds]);
  const place = { at: sql`coalesce(intent_at, created_at)`, id: sql`id` };
  const { rows: places } = await ctx.db.execute<{ id: string; at: string }>(sql`
    select id, ${placeTime(place.at)} as at from operation
    where id in (select operation_id from operation_card where card_id = any(${cards}::text[])) and state <> 'draft'
      and ${isBefore(before, "operations", place)}
    order by ${place.at} desc, id desc limit ${limit}`);
  const ids = places.map(({ id }) => id);
  if (ids.length === 0) return [];
  const [stored, events] = await Promise.all([
    ctx.db.select().from(operation).where(inArray(operation.id, ids)),
    ctx.db
      .select()
      .from(cardEvent)
      .where(
        and(
          isNotNull(cardEvent.operationId),
          inArray(cardEvent.operationId, ids),
          inArray(cardEvent.cardId, [...cardIds]),
        ),
      )
      .orderBy(cardEvent.id),
  ]);
  return places.flatMap(({ id, at }): TimelineEntry[] => {
    const row = stored.find((each) => each.id === id);
    if (!row) return [];
    const changes = events.filter(({ operationId }) => operationId === id).flatMap(toOwnChange);
    const view = viewOperation(kinds[row.kind], openOperation(row));
    return [{ source: "operations", at, id, cardId: null, event: { kind: "operation", operation: view, changes } }];
  });
}

/** Transfers change balances, destroying takes a card away; nothing else of ours changes a card. */
function toOwnChange({ id, cardId, ...event }: typeof cardEvent.$inferSelect): OwnChange[] {
  const change = openChange({ ...event, id: String(id) });
  if (change.kind === "balance") return [{ cardId, before: change.before, after: change.after }];
  return change.kind === "gone" ? [{ cardId, gone: true }] : [];
}
