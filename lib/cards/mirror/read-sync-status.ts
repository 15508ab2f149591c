import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import type { syncRun, UnreadableSample } from "@/lib/db/schema";
import { together } from "@/lib/db/together";
import { ageWhileRunning } from "@/lib/process/instance";
import { readSettings } from "@/lib/settings";
import type { Settings } from "@/lib/settings/schemas";
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

/** Times are ISO. */
type Run = Pick<
  typeof syncRun.$inferSelect,
  "state" | "rowsRead" | "rowsExpected" | "unreadable" | "unreadableSamples" | "full"
> & {
  startedAt: string;
  progressAt: string | null;
};
type Known = {
  status: Record<"lastSuccessAt" | "lastPolledAt" | "errorKey" | "errorDetails", string | null> | null;
  whole: { startedAt: string; finishedAt: string | null; rowsRead: number } | null;
  runs: Run[];
};

/** As part of another statement: the state of the upstream, the last run that read everything, and the last runs, newest first. */
export const syncKnown = sql`json_build_object(
  'status', (select json_build_object('lastSuccessAt', last_success_at, 'lastPolledAt', last_polled_at,
    'errorKey', error_key, 'errorDetails', error_details) from upstream_status where source = ${SYNC_SOURCE}),
  'whole', (select json_build_object('startedAt', started_at, 'finishedAt', finished_at, 'rowsRead', rows_read)
    from sync_run where "full" order by started_at desc limit 1),
  'runs', (select coalesce(json_agg(json_build_object('state', state, 'startedAt', started_at, 'progressAt', progress_at,
    'rowsRead', rows_read, 'rowsExpected', rows_expected, 'unreadable', unreadable,
    'unreadableSamples', unreadable_samples, 'full', "full") order by started_at desc), '[]')
    from (select * from sync_run order by started_at desc limit 10) run))`.mapWith((known: Known) => known);

const read = together({ known: syncKnown });

/** State and age of the mirror, for every page that shows cards. */
export async function readSyncStatus({ ctx }: { ctx: Ctx }): Promise<SyncStatus> {
  const [{ known }, settings] = await Promise.all([read(ctx.db), readSettings({ ctx })]);
  return syncStatusOf(known, settings, ctx.now());
}

/** What people see of it. */
export function syncStatusOf(
  { status, whole, runs }: Known,
  settings: Pick<Settings, "mirror_reading">,
  at: Date,
): SyncStatus {
  const now = at.getTime();
  const [newest] = runs;
  const running = newest?.state === "running" && now - lastSignOf(newest) < DEAD_AFTER_MS ? newest : null;
  const finished = runs.find((run) => run.state === "done");
  const age = status?.lastSuccessAt ? ageWhileRunning(new Date(status.lastSuccessAt), at) : null;
  const fullReading = fullReadingOf(settings.mirror_reading.callsPerMinute, { whole, newest });
  return {
    configured: isConfigured("espai"),
    lastSuccessAt: isoOf(status?.lastSuccessAt),
    lastPolledAt: isoOf(status?.lastPolledAt),
    error: status?.errorKey ? { key: status.errorKey, details: status.errorDetails } : null,
    // No sooner than the budget lets a reading end.
    stale:
      age !== null &&
      age > 2 * Math.max(env().SYNC_INTERVAL_SECONDS * 1000, (fullReading.minutes ?? 0) * 60_000) + 60_000,
    running: running && {
      startedAt: new Date(running.startedAt).toISOString(),
      rowsRead: running.rowsRead,
      rowsExpected: running.rowsExpected,
    },
    unreadable: { count: finished?.unreadable ?? 0, samples: finished?.unreadableSamples ?? [] },
    partial: finished ? !finished.full : false,
    fullReading,
  };
}

const isoOf = (time: string | null | undefined): string | null => (time ? new Date(time).toISOString() : null);
const lastSignOf = ({ progressAt, startedAt }: Run): number => Date.parse(progressAt ?? startedAt);
