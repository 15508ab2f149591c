import "server-only";
import type { Tx } from "@/lib/db/client";
import { lockBatch } from "./lock-batch";
import { readProgress } from "./read-progress";

/** Keys a batch still lacks, beside those reserved for its calls; below 0, so many are too many. Locks the batch. */
export async function readRoom(tx: Tx, batchId: string): Promise<number> {
  const wanted = (await lockBatch(tx, batchId))?.wanted ?? 0;
  const { recorded, inFlight, unknown } = await readProgress(tx, batchId);
  return wanted - recorded - inFlight - unknown;
}
