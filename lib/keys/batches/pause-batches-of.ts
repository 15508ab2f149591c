import "server-only";
import { and, asc, eq } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import type { Tx } from "@/lib/db/client";
import { batch } from "@/lib/db/schema";
import { pauseGenerating } from "./pause-generating";

/**
 * Pause the generating batches of somebody who may generate no more, in the transaction that takes the role away and has
 * locked their row. Calls in flight end and are recorded. Returns how many. One begun at the same moment pauses before
 * its next chunk.
 */
export async function pauseBatchesOf(tx: Tx, ctx: Ctx, userId: string): Promise<number> {
  const theirs = and(eq(batch.createdBy, userId), eq(batch.state, "generating"));
  const rows = await tx.select({ id: batch.id }).from(batch).where(theirs).orderBy(asc(batch.id));
  let paused = 0;
  for (const { id } of rows)
    if (await pauseGenerating(tx, ctx, { batchId: id, reason: "creator_not_allowed" })) paused++;
  return paused;
}
