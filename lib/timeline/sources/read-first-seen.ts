import "server-only";
import { sql } from "drizzle-orm";
import { isBefore, type Page, placeTime } from "../source";
import type { TimelineEntry } from "../types";

/** When the console saw each card first: before that nothing was kept of it. */
export async function readFirstSeen({ ctx, cardIds, before, limit }: Page): Promise<TimelineEntry[]> {
  const place = { at: sql`first_seen_at`, id: sql`id` };
  const { rows } = await ctx.db.execute<{ id: string; at: string }>(sql`
    select id, ${placeTime(place.at)} as at from card
    where id = any(${sql.param([...cardIds])}::text[]) and ${isBefore(before, "firstSeen", place)}
    order by first_seen_at desc, id desc limit ${limit}`);
  return rows.map(({ id, at }) => ({ source: "firstSeen", at, id, cardId: id, event: { kind: "firstSeen" } }));
}
