import "server-only";
import { and, eq, gt, inArray } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { log } from "@/lib/core/log";
import { batch } from "@/lib/db/schema";
import { hasShortfall } from "../recovery/read-in-doubt-chunks";
import { recoverLostKeys } from "../recovery/reconcile-chunk";
import { isKeyType } from "../types";

/** Batches that are over but may owe keys are looked at this long. */
const RECENT_MS = 24 * 3_600_000;

/** Batches somebody must run: whoever ran them may have been killed. */
export async function findGenerating({ ctx }: { ctx: Ctx }): Promise<string[]> {
  const rows = await ctx.db.select({ id: batch.id }).from(batch).where(eq(batch.state, "generating"));
  return rows.map((row) => row.id);
}

/** Look for the missing keys of short answers in batches that nobody runs any more. */
export async function recoverMissingKeys({ ctx }: { ctx: Ctx }): Promise<void> {
  const recent = new Date(ctx.now().getTime() - RECENT_MS);
  const rows = await ctx.db
    .select({ id: batch.id, keyType: batch.keyType })
    .from(batch)
    .where(and(inArray(batch.state, ["paused", "cancelled"]), gt(batch.updatedAt, recent)));
  for (const { id, keyType } of rows) {
    if (!isKeyType(keyType) || !(await hasShortfall(ctx.db, id))) continue;
    await recoverLostKeys(ctx, keyType).catch((error: unknown) =>
      log().info({ batch: id, err: error }, "could not look for missing keys; the next sweep will"),
    );
  }
}
