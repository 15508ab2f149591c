import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";

/** A card's tags, in the order they were added, as a column of a statement: `card` is its id there. */
export const tagsOf = (card: SQL): SQL<string[]> =>
  sql<string[]>`array(select tag from card_tag where card_tag.card_id = ${card} order by added_at, key)`;

/** The tags of these cards, by id; a card without any is left out. */
export async function readTags({
  ctx,
  input: { ids },
}: {
  ctx: Ctx;
  input: { ids: string[] };
}): Promise<Record<string, string[]>> {
  const { rows } = await ctx.db.execute<{ id: string; tags: string[] }>(sql`
    select card_id as id, array_agg(tag order by added_at, key) as tags from card_tag
    where card_id = any(${sql.param(ids)}::text[]) group by card_id`);
  return Object.fromEntries(rows.map(({ id, tags }) => [id, tags]));
}
