import "server-only";
import { sql } from "drizzle-orm";
import { isBefore, type Page, placeTime } from "../source";
import type { TimelineEntry } from "../types";

type Row = { id: string; at: string; target_id: string; action: string; actor_name: string; tag: string | null };

/** Who put which tag on a card, or took it off: by the audit, since a tag that was taken off is nowhere else. */
export async function readTags({ ctx, cardIds, before, limit }: Page): Promise<TimelineEntry[]> {
  const place = { at: sql`audit.at`, id: sql`audit.id` };
  const { rows } = await ctx.db.execute<Row>(sql`
    select r.id, ${placeTime(sql`r.at`)} as at, r.target_id, r.action, r.actor_name, r.tag
    from unnest(${sql.param([...cardIds])}::text[]) as c(id) cross join lateral (
      select id, at, target_id, action, actor_name, detail->>'tag' as tag from audit
      where target_kind = 'card' and target_id = c.id and action in ('card.tagged', 'card.untagged')
        and ${isBefore(before, "tags", place)}
      order by at desc, id desc limit ${limit}
    ) r order by r.at desc, r.id desc limit ${limit}`);
  return rows.map(({ id, at, target_id, action, actor_name, tag }) => ({
    ...{ source: "tags", at, id, cardId: target_id },
    event: { kind: action === "card.tagged" ? "tagged" : "untagged", tag: tag ?? "", actorName: actor_name },
  }));
}
