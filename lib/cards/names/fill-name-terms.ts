import "server-only";
import { inArray, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { card, setting } from "@/lib/db/schema";
import { lockCardRows } from "../history/lock-card-rows";
import { NAMES_FILLED } from "./are-names-filled";
import { storeNameTerms } from "./store-name-terms";

/** Cards per transaction. */
const CHUNK = 500;

/**
 * Make the terms of every nickname that has none, or those of another one: all of them at the first sync after an upgrade,
 * none later, since the mirror writes both. Returns how many cards were mended; stops between two transactions when the
 * signal says so, and the next run goes on.
 */
export async function fillNameTerms({ ctx, input }: { ctx: Ctx; input: { signal: AbortSignal } }): Promise<number> {
  let [mended, after] = [0, ""];
  for (;;) {
    if (input.signal.aborted) return mended;
    const { rows } = await ctx.db.execute<{ id: string }>(sql`
      select c.id from card c left join card_name n on n.card_id = c.id
      where c.user_name is distinct from n.user_name and c.id > ${after} order by c.id limit ${CHUNK}`);
    const last = rows.at(-1);
    if (!last) break;
    const ids = rows.map(({ id }) => id);
    await ctx.db.transaction(async (tx) => {
      // So that no nickname changes meanwhile.
      await lockCardRows(tx, ids);
      const { id, userName } = card;
      await storeNameTerms(tx, await tx.select({ id, userName }).from(card).where(inArray(id, ids)));
    });
    mended += ids.length;
    after = last.id;
  }
  await ctx.db.insert(setting).values({ key: NAMES_FILLED, value: true }).onConflictDoNothing();
  return mended;
}
