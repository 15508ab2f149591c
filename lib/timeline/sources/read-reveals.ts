import "server-only";
import { sql } from "drizzle-orm";
import { isBefore, type Page, placeTime } from "../source";
import type { TimelineEntry } from "../types";

type Row = { id: string; at: string; target_id: string; actor_name: string; field: unknown };

/** Who had a card's phone or code shown in full. */
export async function readReveals({ ctx, cardIds, before, limit }: Page): Promise<TimelineEntry[]> {
  const place = { at: sql`audit.at`, id: sql`audit.id` };
  const { rows } = await ctx.db.execute<Row>(sql`
    select r.id, ${placeTime(sql`r.at`)} as at, r.target_id, r.actor_name, r.field
    from unnest(${sql.param([...cardIds])}::text[]) as c(id) cross join lateral (
      select id, at, target_id, actor_name, detail->>'field' as field from audit
      where target_kind = 'card' and target_id = c.id and action = 'card.revealed' and ${isBefore(before, "reveals", place)}
      order by at desc, id desc limit ${limit}
    ) r order by r.at desc, r.id desc limit ${limit}`);
  return rows.map(({ id, at, target_id, actor_name, field }) => ({
    source: "reveals",
    at,
    id,
    cardId: target_id,
    event: { kind: "reveal", field: field === "phone" || field === "code" ? field : null, actorName: actor_name },
  }));
}
