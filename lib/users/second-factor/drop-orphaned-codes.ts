import "server-only";
import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { recoveryCode } from "@/lib/db/schema";
import { hasSecondFactor } from "./read-second-factor";

/** After a removal: without a second factor there is nothing to recover. */
export async function dropOrphanedCodes(tx: Tx, userId: string): Promise<void> {
  if (!(await hasSecondFactor(tx, userId))) await tx.delete(recoveryCode).where(eq(recoveryCode.userId, userId));
}
