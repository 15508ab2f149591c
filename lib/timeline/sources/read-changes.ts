import "server-only";
import { sql } from "drizzle-orm";
import { type CardChange, openChange, type StoredChange } from "@/lib/cards";
import { isBefore, type Page, placeTime } from "../source";
import type { TimelineEntry } from "../types";

type Row = StoredChange & { card_id: string; at: string };

/** What changed upstream by itself. What our operations changed is told with them. */
export async function readChanges({ ctx, cardIds, before, limit }: Page): Promise<TimelineEntry[]> {
  const place = { at: sql`card_event.at`, id: sql`card_event.id` };
  const { rows } = await ctx.db.execute<Row>(sql`
    select e.id, e.card_id, ${placeTime(sql`e.at`)} as at, e.kind, e.before, e.after, e.sealed
    from unnest(${sql.param([...cardIds])}::text[]) as c(id) cross join lateral (
      select id, card_id, at, kind, before, after, sealed from card_event
      where card_id = c.id and operation_id is null and ${isBefore(before, "changes", place)}
      order by at desc, id desc limit ${limit}
    ) e order by e.at desc, e.id desc limit ${limit}`);
  return rows.map((row) => {
    const event: CardChange = openChange(row);
    return { source: "changes", at: row.at, id: row.id, cardId: row.card_id, event };
  });
}
