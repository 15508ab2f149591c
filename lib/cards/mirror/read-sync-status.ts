import "server-only";
import { desc, eq, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { prepared } from "@/lib/db/prepared";
import { syncRun, type UnreadableSample, upstreamStatus } from "@/lib/db/schema";
import { ageWhileRunning } from "@/lib/process/instance";
import { readSettings } from "@/lib/settings";
import { isConfigured } from "@/lib/upstream";
import type { FullReading } from "../types";
import { fullReadingOf } from "./full-reading";
import { SYNC_SOURCE } from "./sync-run";

/** The age of the mirror, and why it is not newer. Times are ISO. */
export type SyncStatus = {
  configured: boolean;
  /** The time the mirror is of; null before the first finished sync. */
  lastSuccessAt: string | null;
  lastPolledAt: string | null;
  /** Why the last sync failed: a message key and the upstream's message. */
  error: { key: string; details: string | null } | null;
  /** Older than expected: after a standstill of the console the first sync has its time. */
  stale: boolean;
  running: { startedAt: string; rowsRead: number; rowsExpected: number | null } | null;
  /** Unreadable rows of the last finished run. */
  unreadable: { count: number; samples: UnreadableSample[] };
  /** The last finished run may not have seen every card. */
  partial: boolean;
  fullReading: FullReading;
};

/** A run that is "running" without progress for longer than this lost its process. */
const DEAD_AFTER_MS = 15 * 60_000;

/** By one statement: the runs, and beside each the state of the upstream and the last run that read everything. */
const runsAndStatus = prepared((db) => {
  const whole = db
    .select()
    .from(syncRun)
    .where(eq(syncRun.full, true))
    .orderBy(desc(syncRun.startedAt))
    .limit(1)
    .as("whole");
  const { id, startedAt, finishedAt, rowsRead, rowsExpected } = whole;
  return db
    .select({ status: upstreamStatus, run: syncRun, whole: { id, startedAt, finishedAt, rowsRead, rowsExpected } })
    .from(sql`(select 1) one`)
    .leftJoin(whole, sql`true`)
    .leftJoin(upstreamStatus, eq(upstreamStatus.source, SYNC_SOURCE))
    .leftJoin(syncRun, sql`true`)
    .orderBy(sql`${syncRun.startedAt} desc nulls last`)
    .limit(10);
});

/** State and age of the mirror, for every page that shows cards. */
export async function readSyncStatus({ ctx }: { ctx: Ctx }): Promise<SyncStatus> {
  const asked = runsAndStatus(ctx.db).execute();
  const [known, { mirror_reading: budget }] = await Promise.all([asked, readSettings({ ctx })]);
  const status = known[0]?.status;
  const runs = known.flatMap(({ run }) => run ?? []);
  const now = ctx.now().getTime();
  const [newest] = runs;
  const running = newest?.state === "running" && now - lastSignOf(newest) < DEAD_AFTER_MS ? newest : null;
  const finished = runs.find((run) => run.state === "done");
  const age = status?.lastSuccessAt ? ageWhileRunning(status.lastSuccessAt, ctx.now()) : null;
  const fullReading = fullReadingOf(budget.callsPerMinute, { whole: known[0]?.whole ?? null, newest });
  return {
    configured: isConfigured("espai"),
    lastSuccessAt: status?.lastSuccessAt?.toISOString() ?? null,
    lastPolledAt: status?.lastPolledAt?.toISOString() ?? null,
    error: status?.errorKey ? { key: status.errorKey, details: status.errorDetails } : null,
    // No sooner than the budget lets a reading end.
    stale:
      age !== null &&
      age > 2 * Math.max(env().SYNC_INTERVAL_SECONDS * 1000, (fullReading.minutes ?? 0) * 60_000) + 60_000,
    running: running && {
      startedAt: running.startedAt.toISOString(),
      rowsRead: running.rowsRead,
      rowsExpected: running.rowsExpected,
    },
    unreadable: { count: finished?.unreadable ?? 0, samples: finished?.unreadableSamples ?? [] },
    partial: finished ? !finished.full : false,
    fullReading,
  };
}

const lastSignOf = (run: typeof syncRun.$inferSelect): number => (run.progressAt ?? run.startedAt).getTime();
