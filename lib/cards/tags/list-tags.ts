import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";

/** More than anybody reads through; a browser shows those that begin as what was typed. */
const MOST = 200;

/**
 * The tags in use, in their own order, the first {@link MOST}: what a field for one suggests. One look into the index for each
 * tag, however many cards have it.
 */
export async function listTags({ ctx }: { ctx: Ctx }): Promise<string[]> {
  const { rows } = await ctx.db.execute<{ tag: string }>(sql`
    with recursive used as (
      (select key, tag from card_tag order by key, card_id limit 1)
      union all
      select later.key, later.tag from used cross join lateral (
        select key, tag from card_tag where key > used.key order by key, card_id limit 1) later
    )
    select tag from used limit ${MOST}`);
  return rows.map(({ tag }) => tag);
}
