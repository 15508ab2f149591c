import "server-only";
import { between, eq, lt, sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/client";
import { syncRun, type UnreadableSample } from "@/lib/db/schema";
import { recordPoll } from "@/lib/upstream-status";
import { ofRightClock } from "./mirror-cards";
import type { CardPage } from "./read-all-cards";

export type SyncTrigger = (typeof syncRun.$inferInsert)["trigger"];
type SyncProblem = { key: string; details?: string | undefined };

export const SYNC_SOURCE = "espai.cards" as const;

const MAX_SAMPLES = 20;
const KEEP_MS = 30 * 86_400_000;

/** Open a run. The caller holds the lock, so any run still "running" lost its process. */
export async function startRun(db: Db, { at, trigger }: { at: Date; trigger: SyncTrigger }): Promise<number> {
  return db.transaction(async (tx) => {
    await tx
      .update(syncRun)
      .set({ state: "failed", finishedAt: at, errorKey: "sync_interrupted" })
      .where(eq(syncRun.state, "running"));
    await tx.delete(syncRun).where(lt(syncRun.startedAt, new Date(at.getTime() - KEEP_MS)));
    const [run] = await tx
      .insert(syncRun)
      .values({ startedAt: at, state: "running", trigger })
      .returning({ id: syncRun.id });
    if (!run) throw new Error("no sync run was written");
    return run.id;
  });
}

/**
 * The calls of runs that went on within the last minute, and how long ago the last of each was: all of them count as made
 * then. A time ahead of now is another console's clock; one far ahead is of before the clock was set back, and is left out.
 */
export async function recentCalls(db: Db, now: Date): Promise<{ calls: number; agoMs: number }[]> {
  const rows = await db
    .select({ calls: syncRun.calls, at: syncRun.progressAt })
    .from(syncRun)
    .where(between(syncRun.progressAt, new Date(now.getTime() - 60_000), new Date(now.getTime() + 60_000)))
    .orderBy(syncRun.progressAt);
  return rows.flatMap(({ calls, at }) => (at ? { calls, agoMs: Math.max(0, now.getTime() - at.getTime()) } : []));
}

/** Note how many calls a run has made by now, for its budget. */
export async function recordCalls(db: Tx, run: number, calls: number, at: Date): Promise<void> {
  await db.update(syncRun).set({ calls, progressAt: at }).where(eq(syncRun.id, run));
}

/** Add the counts of one page. */
export async function recordProgress(tx: Tx, run: number, page: CardPage, changed: number): Promise<void> {
  const samples: UnreadableSample[] = page.unreadable.map((row) => ({ id: row.id, reason: row.field }));
  await tx
    .update(syncRun)
    .set({
      rowsRead: sql`${syncRun.rowsRead} + ${page.rows}`,
      rowsExpected: sql`coalesce(${page.expected}, ${syncRun.rowsExpected})`,
      duplicates: sql`${syncRun.duplicates} + ${page.duplicates}`,
      unreadable: sql`${syncRun.unreadable} + ${page.unreadable.length}`,
      unreadableSamples: sql`jsonb_path_query_array(
        ${syncRun.unreadableSamples} || ${JSON.stringify(samples)}::jsonb, ${`$[0 to ${MAX_SAMPLES - 1}]`}::jsonpath)`,
      changed: sql`${syncRun.changed} + ${changed}`,
    })
    .where(eq(syncRun.id, run));
}

/**
 * Count a miss for every card not seen since the run began; after two consecutive misses it is gone. Only after a run
 * that read the whole list. `listed` are ids whose rows could not be read: those cards exist. Returns how many went.
 */
export async function countMisses(tx: Tx, run: { startedAt: Date; listed: string[]; at: Date }): Promise<number> {
  const result = await tx.execute(sql`
    with missed as (
      update card_seen s set missed = s.missed + 1 from card c
      where c.id = s.card_id and c.gone_at is null and ${ofRightClock(sql`greatest(c.read_at, s.seen_at)`, new Date())} < ${run.startedAt}
        and s.card_id <> all(${sql.param(run.listed)}::text[])
      returning s.card_id, s.missed
    ), went as (
      update card set gone_at = ${run.at} from missed where card.id = missed.card_id and missed.missed >= 2
      returning card.id
    )
    insert into card_event (card_id, at, kind) select id, ${run.at}, 'gone' from went order by id`);
  return result.rowCount ?? 0;
}

type End = { at: Date; full: boolean; vanished: number };

/** Close a run that reached the end. `full`: it certainly read every card. */
export async function finishRun(tx: Tx, run: number, { at, full, vanished }: End): Promise<void> {
  await tx.update(syncRun).set({ state: "done", finishedAt: at, full, vanished }).where(eq(syncRun.id, run));
  await recordPoll(tx, { source: SYNC_SOURCE, at, error: null });
}

/** Close a run that failed. What its pages brought stays; no card counts as missing. */
export async function failRun(db: Db, run: number, at: Date, problem: SyncProblem): Promise<void> {
  await db.transaction(async (tx) => {
    await closeFailed(tx, run, at, problem);
    await recordPoll(tx, { source: SYNC_SOURCE, at, error: problem });
  });
}

/** Close a run that the process stopped. That is not the upstream's fault and not shown as one. */
export async function stopRun(db: Db, run: number, at: Date): Promise<void> {
  await closeFailed(db, run, at, { key: "sync_interrupted" });
}

async function closeFailed(tx: Tx, run: number, at: Date, problem: SyncProblem): Promise<void> {
  await tx
    .update(syncRun)
    .set({ state: "failed", finishedAt: at, errorKey: problem.key, errorDetails: problem.details ?? null })
    .where(eq(syncRun.id, run));
}
