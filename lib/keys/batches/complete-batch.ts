import "server-only";
import type { Ctx } from "@/lib/context";
import type { Tx } from "@/lib/db/client";
import { isComplete } from "./count-progress";
import { lockBatch } from "./lock-batch";
import { readProgress } from "./read-progress";
import { transitionBatch } from "./transition-batch";

/** End a generating batch that has all its keys and nothing that may still turn up. False: it has not, or is not generating. */
export async function completeBatch(tx: Tx, ctx: Ctx, batchId: string): Promise<boolean> {
  const row = await lockBatch(tx, batchId);
  if (row?.state !== "generating" || !isComplete(row.wanted, await readProgress(tx, batchId))) return false;
  const patch = { finishedAt: ctx.now() };
  const end = { batchId, from: "generating", to: "done", action: "batch.done", patch } as const;
  return (await transitionBatch(tx, ctx, end)) !== null;
}
