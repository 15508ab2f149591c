import "server-only";
import { sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { setting } from "@/lib/db/schema";
import { WRITES_LOCK } from "./assert-writes-allowed";
import type { IncidentView } from "./read-incident";
import { readWritesPaused, WRITES_PAUSED } from "./read-writes-paused";
import type { WritesPaused } from "./schemas";

/**
 * Incident mode on: no new write starts; reads continue and calls already sent run to their end. Waits for transactions
 * that are starting a write. Audited. Throws AppError "conflict" when writes are paused already.
 */
export async function pauseWrites({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { reason: string };
}): Promise<Pick<IncidentView, "paused">> {
  return ctx.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${WRITES_LOCK})`);
    const already = await readWritesPaused(tx);
    if (already) throw new AppError("conflict", "writes_already_paused", { params: { by: already.byName } });
    const at = ctx.now();
    const { id, name } = ctx.actor;
    const value: WritesPaused = { since: at.toISOString(), by: id, byName: name, reason: input.reason };
    await tx.insert(setting).values({ key: WRITES_PAUSED, value, updatedAt: at, updatedBy: id });
    await recordAudit(tx, ctx, { action: "writes.paused", detail: { reason: input.reason } });
    return { paused: { since: value.since, byName: name, reason: input.reason } };
  });
}
