import "server-only";
import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { batch } from "@/lib/db/schema";
import type { BatchRow } from "./transition-batch";

/**
 * A batch's row, locked until the transaction ends. One order holds everywhere: the user, then operations, then the
 * batch. "No key update", because a stored key's foreign key shares the row until its transaction ends: two chunks that
 * have both stored keys and then asked for the whole row would wait for each other.
 */
export async function lockBatch(tx: Tx, batchId: string): Promise<BatchRow | undefined> {
  const [row] = await tx.select().from(batch).where(eq(batch.id, batchId)).for("no key update");
  return row;
}
