import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { type Sweep, sweep } from "@/lib/db/sweep";
import { readRetentionStart } from "@/lib/settings";
import { FINAL_STATES } from "../operation";

/**
 * Delete the readings of operations that have been final for longer than the setting says; the operation keeps its outcome. A
 * chunk's stay: by them it is known that a batch was given no more keys than it has. Returns how many went.
 */
export async function pruneReadings({ ctx, input }: { ctx: Ctx; input: Sweep }): Promise<number> {
  const before = await readRetentionStart({ ctx });
  const states = sql.join(
    FINAL_STATES.map((state) => sql`${state}`),
    sql`, `,
  );
  return sweep(
    ctx.db,
    (limit) => sql`
      delete from operation_reading where id in (
        select r.id from operation_reading r join operation o on o.id = r.operation_id
        where r.at < ${before} and o.finished_at < ${before} and o.state in (${states})
          and o.kind <> 'generate'
        order by r.id limit ${limit})`,
    input,
  );
}
