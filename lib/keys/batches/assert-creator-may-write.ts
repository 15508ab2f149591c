import "server-only";
import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { batch } from "@/lib/db/schema";
import { assertMayWrite } from "@/lib/users";

/**
 * A batch goes on only while the person who began it may still generate keys. Call before the batch is locked: it waits
 * for a concurrent change of the user. Throws AppError "forbidden".
 */
export async function assertCreatorMayWrite(tx: Tx, batchId: string): Promise<void> {
  const [row] = await tx.select({ id: batch.createdBy }).from(batch).where(eq(batch.id, batchId));
  if (row) await assertMayWrite(tx, row);
}
