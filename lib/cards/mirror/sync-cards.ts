import "server-only";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { log } from "@/lib/core/log";
import { withLock } from "@/lib/db/with-lock";
import { readSettings } from "@/lib/settings";
import { espai, isConfigured } from "@/lib/upstream";
import { rollCardUse } from "../history/roll-card-use";
import { CallBudget } from "./call-budget";
import { foldCounts } from "./fold-counts";
import { PAGE_SIZE } from "./full-reading";
import { mirrorCards } from "./mirror-cards";
import { readAllCards } from "./read-all-cards";
import {
  countMisses,
  failRun,
  finishRun,
  recentCalls,
  recordCalls,
  recordProgress,
  type SyncTrigger,
  startRun,
  stopRun,
} from "./sync-run";

type SyncResult = { state: "done"; full: boolean } | { state: "failed" | "busy" | "stopped" | "not_configured" };

type Input = {
  trigger: SyncTrigger;
  pageSize?: number;
  signal?: AbortSignal;
  /** How a call waits for its turn, and by which clock, ms. */
  wait?: (ms: number) => Promise<unknown>;
  clock?: () => number;
};

/** So many rows that can't be read are remembered one by one; with more of them no card counts as missing. */
const MAX_LISTED = 10_000;

/**
 * Bring the mirror up to date with the upstream's whole list. One run at a time over all processes. An upstream failure
 * is recorded, not thrown: what was read before it stays, and no card counts as missing.
 */
export async function syncCards({ ctx, input }: { ctx: Ctx; input: Input }): Promise<SyncResult> {
  if (!isConfigured("espai")) return { state: "not_configured" };
  const locked = await withLock("sync-cards", () => runSync(ctx, input));
  return locked?.value ?? { state: "busy" };
}

async function runSync(ctx: Ctx, { trigger, pageSize = PAGE_SIZE, signal, wait, clock }: Input): Promise<SyncResult> {
  const startedAt = ctx.now();
  await rollCardUse({ ctx });
  const budget = await openBudget(ctx, { signal, wait, clock });
  const run = await startRun(ctx.db, { at: startedAt, trigger });
  try {
    const listed: string[] = [];
    const pages = readAllCards(espai(), {
      ...{ pageSize, now: ctx.now },
      beforePage: async () => {
        await budget.take();
        await recordCalls(ctx.db, run, budget.calls, ctx.now());
      },
      afterPage: (calls) => budget.countRepeated(calls - 1),
    });
    for (;;) {
      const next = await pages.next();
      if (next.done) {
        await recordCalls(ctx.db, run, budget.calls, ctx.now());
        return await finish(ctx, run, startedAt, { complete: next.value.complete, listed });
      }
      const page = next.value;
      for (const { id } of page.unreadable) if (id !== null && listed.length <= MAX_LISTED) listed.push(id);
      await ctx.db.transaction(async (tx) => {
        const { changed } = await mirrorCards(tx, page.cards, { at: page.askedAt, source: "sync" });
        await recordProgress(tx, run, page, changed);
        await foldCounts(tx);
      });
      if (signal?.aborted) {
        await stopRun(ctx.db, run, ctx.now());
        return { state: "stopped" };
      }
    }
  } catch (error) {
    // It stopped while a call waited for its turn.
    if (signal?.aborted && error instanceof Error && error.name === "AbortError") {
      await stopRun(ctx.db, run, ctx.now());
      return { state: "stopped" };
    }
    if (!(error instanceof AppError)) {
      await failRun(ctx.db, run, ctx.now(), { key: "internal" });
      throw error;
    }
    await failRun(ctx.db, run, ctx.now(), error);
    log().warn({ run, key: error.key }, "card sync failed");
    return { state: "failed" };
  }
}

/** The setting's budget, less what the runs of the last minute have used of it. The caller holds the lock: nobody else calls. */
async function openBudget(
  ctx: Ctx,
  { signal, wait, clock }: Pick<Input, "signal" | "wait" | "clock">,
): Promise<CallBudget> {
  const perMinute = async () => (await readSettings({ ctx })).mirror_reading.callsPerMinute;
  const budget = new CallBudget({ perMinute, signal, wait, now: clock });
  for (const { calls, agoMs } of await recentCalls(ctx.db, ctx.now())) budget.countEarlier(calls, agoMs);
  return budget;
}

type Seen = { complete: boolean; listed: string[] };

async function finish(ctx: Ctx, run: number, startedAt: Date, { complete: end, listed }: Seen): Promise<SyncResult> {
  const at = ctx.now();
  const complete = end && listed.length <= MAX_LISTED;
  await ctx.db.transaction(async (tx) => {
    const vanished = complete ? await countMisses(tx, { startedAt, listed, at }) : 0;
    await finishRun(tx, run, { at, full: complete, vanished });
  });
  return { state: "done", full: complete };
}
