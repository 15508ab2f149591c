import "server-only";
import { desc } from "drizzle-orm";
import { readSyncStatus } from "@/lib/cards";
import type { Ctx } from "@/lib/context";
import { syncRun } from "@/lib/db/schema";
import type { SyncView } from "./types";

/** The mirror's latest sync; null before the first. */
export async function readSync({ ctx }: { ctx: Ctx }): Promise<SyncView | null> {
  const [[run], { fullReading }] = await Promise.all([
    ctx.db.select().from(syncRun).orderBy(desc(syncRun.startedAt), desc(syncRun.id)).limit(1),
    readSyncStatus({ ctx }),
  ]);
  if (!run) return null;
  return {
    state: run.state,
    startedAt: run.startedAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
    rowsRead: run.rowsRead,
    rowsExpected: run.rowsExpected,
    unreadable: run.unreadable,
    duplicates: run.duplicates,
    error: run.errorKey ? { key: run.errorKey, details: run.errorDetails } : null,
    fullReading,
  };
}
