import "server-only";
import { desc, inArray } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { batch } from "@/lib/db/schema";
import { countProgress, readProgresses } from "@/lib/keys";
import type { RunningBatch } from "./types";

/** Generating and paused batches, newest first, with the same counts as their own page. */
export async function readRunningBatches({ ctx }: { ctx: Ctx }): Promise<RunningBatch[]> {
  const rows = await ctx.db
    .select({ id: batch.id, keyType: batch.keyType, note: batch.note, state: batch.state, wanted: batch.wanted })
    .from(batch)
    .where(inArray(batch.state, ["generating", "paused"]))
    .orderBy(desc(batch.createdAt), batch.id)
    .limit(10);
  const tallies = await readProgresses(
    ctx.db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => {
    const { recorded, unknown } = tallies.get(row.id) ?? countProgress([]);
    const state = row.state === "paused" ? "paused" : "generating";
    return { ...row, state, made: recorded, unknown };
  });
}
