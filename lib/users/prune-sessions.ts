import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { type Sweep, sweep } from "@/lib/db/sweep";
import { readRetentionStart } from "@/lib/settings";

/** Delete sessions that ended longer ago than the setting says, by themselves or by somebody. Returns how many went. */
export async function pruneSessions({ ctx, input }: { ctx: Ctx; input: Sweep }): Promise<number> {
  const before = await readRetentionStart({ ctx });
  return sweep(
    ctx.db,
    (limit) => sql`
      delete from session where id in (
        select id from session where least(revoked_at, expires_at) < ${before} limit ${limit})`,
    input,
  );
}
