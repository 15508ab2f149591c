import "server-only";
import { and, eq } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { operation } from "@/lib/db/schema";
import { type OperationRow, paramsOf } from "@/lib/operations";
import { isKeyType } from "../types";
import { recoverLostKeys } from "./recover-lost-keys";

/** When to try again if keys of the type were being made all the time. */
const RETRY_MS = 1_000;

/**
 * Reconcile an unknown chunk, and with it every in-doubt chunk of the same key type: list what was made upstream since,
 * adopt what is ours, conclude what can be concluded. Throws UpstreamError if the listing could not be taken: that
 * decides nothing.
 */
export async function reconcileChunk(ctx: Ctx, row: OperationRow): Promise<void> {
  const { keyType } = paramsOf("generate", row);
  if (!isKeyType(keyType) || (await recoverLostKeys(ctx, keyType))) return;
  await ctx.db
    .update(operation)
    .set({ nextReconcileAt: new Date(ctx.now().getTime() + RETRY_MS) })
    .where(and(eq(operation.id, row.id), eq(operation.state, "unknown")));
}
