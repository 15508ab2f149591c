import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { type Sweep, sweep } from "@/lib/db/sweep";

const DAY_MS = 86_400_000;

/**
 * Delete drafts that nobody confirmed and that can't be confirmed since a day. Those that an approval names stay: only
 * there is written what it was asked for. Returns how many went.
 */
export async function pruneDrafts({ ctx, input }: { ctx: Ctx; input: Sweep }): Promise<number> {
  const before = new Date(ctx.now().getTime() - DAY_MS);
  const old = sql`state = 'draft' and expires_at < ${before}`;
  // Said twice: one that was given more time meanwhile stays.
  return sweep(
    ctx.db,
    (limit) => sql`
      delete from operation where ${old} and id in (
        select id from operation where ${old} and id not in (select unnest(subject_ids) from approval)
        order by created_at desc limit ${limit})`,
    input,
  );
}
