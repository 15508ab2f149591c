import "server-only";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { log } from "@/lib/core/log";
import { withLock } from "@/lib/db/with-lock";
import { espai, isConfigured } from "@/lib/upstream";
import { foldCounts } from "./fold-counts";
import { mirrorCards } from "./mirror-cards";
import { readAllCards } from "./read-all-cards";
import { countMisses, failRun, finishRun, recordProgress, type SyncTrigger, startRun, stopRun } from "./sync-run";

type SyncResult = { state: "done"; full: boolean } | { state: "failed" | "busy" | "stopped" | "not_configured" };

type Input = {
  trigger: SyncTrigger;
  /** Rows per request: large enough for few calls, small enough to show progress. */
  pageSize?: number;
  signal?: AbortSignal;
};

/**
 * Bring the mirror up to date with the upstream's whole list. One run at a time over all processes. An upstream failure
 * is recorded, not thrown: what was read before it stays, and no card counts as missing.
 */
export async function syncCards({ ctx, input }: { ctx: Ctx; input: Input }): Promise<SyncResult> {
  if (!isConfigured("espai")) return { state: "not_configured" };
  const locked = await withLock("sync-cards", () => runSync(ctx, input));
  return locked?.value ?? { state: "busy" };
}

async function runSync(ctx: Ctx, { trigger, pageSize = 1_000, signal }: Input): Promise<SyncResult> {
  const startedAt = ctx.now();
  const run = await startRun(ctx.db, { at: startedAt, trigger });
  try {
    const listed: string[] = [];
    const pages = readAllCards(espai(), { pageSize, now: ctx.now });
    for (;;) {
      const next = await pages.next();
      if (next.done) return await finish(ctx, run, startedAt, { complete: next.value.complete, listed });
      const page = next.value;
      listed.push(...page.unreadable.flatMap((row) => row.id ?? []));
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
    if (!(error instanceof AppError)) {
      await failRun(ctx.db, run, ctx.now(), { key: "internal" });
      throw error;
    }
    await failRun(ctx.db, run, ctx.now(), error);
    log().warn({ run, key: error.key }, "card sync failed");
    return { state: "failed" };
  }
}

type Seen = { complete: boolean; listed: string[] };

async function finish(ctx: Ctx, run: number, startedAt: Date, { complete, listed }: Seen): Promise<SyncResult> {
  const at = ctx.now();
  await ctx.db.transaction(async (tx) => {
    const vanished = complete ? await countMisses(tx, { startedAt, listed, at }) : 0;
    await finishRun(tx, run, { at, full: complete, vanished });
  });
  return { state: "done", full: complete };
}
