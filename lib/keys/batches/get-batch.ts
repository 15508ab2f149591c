import "server-only";
import { eq, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { batch } from "@/lib/db/schema";
import { readSettings } from "@/lib/settings";
import { readProgress } from "./read-progress";
import type { BatchView } from "./view-batch";
import { viewBatch } from "./view-batch";

export type BatchDetail = BatchView & {
  extra: number;
  duplicate: number;
  wrongType: number;
  /** Keys a refused call made all the same, found when the batch had made others for them. Not in `recorded`. */
  surplus: number;
  recovered: number;
  /** Keys a plain list holds: of the batch's type, each once, without the surplus. */
  usable: number;
  /** Chunks that need manual resolution. */
  needManualResolution: number;
  /** Keys a minute over the last minute; null unless it is generating, keys were made, and keys remain to be made. */
  ratePerMinute: number | null;
  secondsLeft: number | null;
  /** It paused because PotatoCloud could not be reached, and goes on by itself when it is back. */
  resumesByItself: boolean;
};

const WINDOW_MS = 60_000;

/** One batch with its numbers. Throws AppError not_found. */
export async function getBatch({ ctx, input }: { ctx: Ctx; input: { batchId: string } }): Promise<BatchDetail> {
  const { batchId } = input;
  const [row] = await ctx.db.select().from(batch).where(eq(batch.id, batchId));
  if (!row) throw new AppError("not_found", "batch_not_found");
  const now = ctx.now();
  const since = new Date(now.getTime() - WINDOW_MS);
  const [settings, progress, { rows }] = await Promise.all([
    row.pausedReason === "unreachable" ? readSettings({ ctx }) : null,
    readProgress(ctx.db, batchId),
    ctx.db.execute<Counts>(sql`
      select
        count(*) filter (where flag = 'extra')::int as extra,
        count(*) filter (where flag = 'duplicate')::int as duplicate,
        count(*) filter (where flag = 'wrong_type')::int as "wrongType",
        count(*) filter (where flag = 'surplus')::int as surplus,
        count(*) filter (where recovered)::int as recovered,
        count(*) filter (where flag is null or flag = 'extra')::int as usable,
        count(*) filter (where recorded_at >= ${since} and flag is distinct from 'duplicate')::int as recent,
        min(recorded_at) filter (where recorded_at >= ${since}) as "recentFrom",
        (select count(*)::int from operation o where o.batch_id = ${batchId} and o.needs_manual_resolution is not null)
          as "needManualResolution"
      from card_key where batch_id = ${batchId}`),
  ]);
  const view = viewBatch(row, progress);
  const { recent = 0, recentFrom = null, ...counts } = rows[0] ?? NONE;
  const resumesByItself = settings?.resume_batches.afterOutage ?? false;
  return { ...view, ...counts, resumesByItself, ...speed(view, recent, recentFrom ? new Date(recentFrom) : null, now) };
}

type Counts = Omit<BatchDetail, keyof BatchView | "ratePerMinute" | "secondsLeft" | "resumesByItself"> & {
  recent: number;
  recentFrom: string | null;
};
const NONE: Counts = {
  extra: 0,
  duplicate: 0,
  wrongType: 0,
  surplus: 0,
  recovered: 0,
  usable: 0,
  needManualResolution: 0,
  recent: 0,
  recentFrom: null,
};

function speed({ state, remaining }: BatchView, recent: number, from: Date | null, now: Date) {
  if (state !== "generating" || recent === 0 || remaining === 0 || !from)
    return { ratePerMinute: null, secondsLeft: null };
  const perMs = recent / Math.max(1_000, now.getTime() - from.getTime());
  return { ratePerMinute: Math.round(perMs * 60_000), secondsLeft: Math.ceil(remaining / perMs / 1000) };
}
