import "server-only";
import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import type { Tx } from "@/lib/db/client";
import { cardKey, operation } from "@/lib/db/schema";
import { isUnprovenRefusal } from "./read-progress";

/**
 * A person resumes the batch: what refused calls asked for is reserved no longer, unless a listing showed that they made
 * keys or only an administrator can tell. Call before the batch is locked. The listings that decide are still owed.
 */
export async function releaseRefused(tx: Tx, ctx: Ctx, batchId: string): Promise<void> {
  const refused = and(
    eq(operation.batchId, batchId),
    isUnprovenRefusal(sql`operation`),
    isNull(operation.releasedAt),
    isNull(operation.needsManualResolution),
  );
  // In the order in which recovery locks them, which may just have found keys of one.
  const locked = await tx
    .select({ id: operation.id })
    .from(operation)
    .where(refused)
    .orderBy(asc(operation.id))
    .for("update");
  if (locked.length === 0) return;
  const ids = locked.map(({ id }) => id);
  const found = await tx
    .selectDistinct({ id: cardKey.operationId })
    .from(cardKey)
    .where(inArray(cardKey.operationId, ids));
  const withKeys = new Set(found.map(({ id }) => id));
  const without = ids.filter((id) => !withKeys.has(id));
  if (without.length) await tx.update(operation).set({ releasedAt: ctx.now() }).where(inArray(operation.id, without));
}
