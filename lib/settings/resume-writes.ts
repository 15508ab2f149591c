import "server-only";
import { eq, sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { setting } from "@/lib/db/schema";
import { WRITES_LOCK } from "./assert-writes-allowed";
import type { IncidentView } from "./read-incident";
import { readWritesPaused, WRITES_PAUSED } from "./read-writes-paused";

/** Incident mode off. Audited with the pause it ends. Throws AppError "conflict" when writes are not paused. */
export async function resumeWrites({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { reason: string };
}): Promise<Pick<IncidentView, "paused">> {
  return ctx.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${WRITES_LOCK})`);
    const ended = await readWritesPaused(tx);
    if (!ended) throw new AppError("conflict", "writes_not_paused");
    await tx.delete(setting).where(eq(setting.key, WRITES_PAUSED));
    const pausedBy = { by: ended.byName, since: ended.since, reason: ended.reason };
    await recordAudit(tx, ctx, { action: "writes.resumed", detail: { reason: input.reason, paused: pausedBy } });
    return { paused: null };
  });
}
