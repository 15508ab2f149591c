import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { type Sweep, sweep } from "@/lib/db/sweep";
import { readRetentionStart } from "@/lib/settings";
import { FINAL_STATES } from "../operation";

/**
 * Empty what upstreams answered, of operations that have been final for longer than the setting says; how the call went stays.
 * Returns of how many.
 */
export async function pruneAnswers({ ctx, input }: { ctx: Ctx; input: Sweep }): Promise<number> {
  const before = await readRetentionStart({ ctx });
  const states = sql.join(
    FINAL_STATES.map((state) => sql`${state}`),
    sql`, `,
  );
  return sweep(
    ctx.db,
    (limit) => sql`
      update operation set call = jsonb_set(call, '{body}', '""') where id in (
        select id from operation
        where finished_at < ${before} and state in (${states}) and call->>'body' <> ''
        order by finished_at limit ${limit})`,
    input,
  );
}
