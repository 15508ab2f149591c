import "server-only";
import { desc, inArray, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { batch } from "@/lib/db/schema";
import type { RunningBatch } from "./schemas";

/**
 * Batches of keys that are being made or paused, newest first; counts are rows in the database. The inner queries name
 * `batch.id` themselves: a column of the only table would be written without it.
 */
export async function readRunningBatches({ ctx }: { ctx: Ctx }): Promise<RunningBatch[]> {
  const rows = await ctx.db
    .select({
      id: batch.id,
      keyType: batch.keyType,
      note: batch.note,
      state: batch.state,
      wanted: batch.wanted,
      made: sql<number>`(select count(*)::int from card_key k where k.batch_id = batch.id)`,
      unknown: sql<number>`(
        select coalesce(sum((o.params->>'count')::int), 0)::int from operation o
        where o.batch_id = batch.id and o.state = 'unknown')`,
    })
    .from(batch)
    .where(inArray(batch.state, ["generating", "paused"]))
    .orderBy(desc(batch.createdAt), batch.id)
    .limit(10);
  return rows.map((row) => ({ ...row, state: row.state === "paused" ? "paused" : "generating" }));
}
