import "server-only";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { readRestoredAt } from "@/lib/settings";

/**
 * Nothing is built on an operation of before a restore: what repeated it or gave it back since the backup was taken is not in
 * this database, and it would happen twice. Throws AppError conflict.
 */
export async function assertNotRestored(ctx: Ctx, first: { createdAt: Date }): Promise<void> {
  const restoredAt = await readRestoredAt(ctx.db);
  if (restoredAt && first.createdAt <= restoredAt) throw new AppError("conflict", "restored_since");
}
