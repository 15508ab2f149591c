import "server-only";
import { and, asc, count, eq, gte, isNull } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { log } from "@/lib/core/log";
import { violates } from "@/lib/db/errors";
import { audit, batch, upstreamStatus } from "@/lib/db/schema";
import { enqueue, runBatchJob } from "@/lib/queue";
import { readSettings } from "@/lib/settings";
import { isConfigured } from "@/lib/upstream";
import { toGenerating } from "../batches/to-generating";
import { readHighWaterMark } from "../recovery/read-high-water-mark";
import { isKeyType } from "../types";
import { noteKeyReading } from "./note-key-reading";

/** While PotatoCloud is away, how often to ask whether it is back. */
const PROBE_EVERY_MS = 15_000;
/** A batch that keeps pausing is resumed ever later: this long after the pause, doubled for each time in the last hour. */
const FIRST_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 10 * 60_000;
const HOUR_MS = 3_600_000;

/**
 * Let batches that paused because PotatoCloud could not be reached go on by themselves once it can be read again, if the
 * setting says so. One read in a while asks, and only while a batch waits or the last reading failed. What would stop a
 * person from resuming a batch stops this too, and so does the creator's lost role.
 */
export async function resumeAfterOutage({ ctx }: { ctx: Ctx }): Promise<void> {
  if (!isConfigured("potato")) return;
  const waiting = await ctx.db
    .select({ id: batch.id, keyType: batch.keyType, pausedAt: batch.updatedAt })
    .from(batch)
    .where(and(eq(batch.state, "paused"), eq(batch.pausedReason, "unreachable")))
    .orderBy(asc(batch.updatedAt));
  const [status] = await ctx.db.select().from(upstreamStatus).where(eq(upstreamStatus.source, "potato.keys"));
  if (waiting.length === 0 && !status?.errorKey) return;
  const polledAt = status?.lastPolledAt?.getTime() ?? 0;
  const asked = ctx.now().getTime() - polledAt < PROBE_EVERY_MS;
  if (asked ? status?.errorKey : !(await isReadable(ctx, waiting[0]?.keyType))) return;
  const { resume_batches: resumeBatches } = await readSettings({ ctx });
  if (!resumeBatches.afterOutage) return;
  for (const { id, pausedAt } of waiting) if (await isTimeFor(ctx, id, pausedAt)) await resume(ctx, id);
}

async function isReadable(ctx: Ctx, keyType: number | undefined): Promise<boolean> {
  try {
    await readHighWaterMark(isKeyType(keyType) ? keyType : 0);
    await noteKeyReading(ctx, null);
    return true;
  } catch (error) {
    await noteKeyReading(ctx, error);
    return false;
  }
}

async function isTimeFor(ctx: Ctx, batchId: string, pausedAt: Date): Promise<boolean> {
  const now = ctx.now().getTime();
  const [row] = await ctx.db
    .select({ times: count() })
    .from(audit)
    .where(
      and(
        eq(audit.targetKind, "batch"),
        eq(audit.targetId, batchId),
        eq(audit.action, "batch.resumed"),
        isNull(audit.actorId),
        gte(audit.at, new Date(now - HOUR_MS)),
      ),
    );
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (row?.times ?? 0), LONGEST_WAIT_MS);
  return now - pausedAt.getTime() >= wait;
}

async function resume(ctx: Ctx, batchId: string): Promise<void> {
  try {
    await ctx.db.transaction((tx) => toGenerating(tx, ctx, { batchId, pausedFor: "unreachable" }));
  } catch (error) {
    if (!(error instanceof AppError) && !violates(error, "batch_generating_key")) throw error;
    log().info({ batch: batchId, err: error }, "a batch could not be resumed after an outage; it stays paused");
    return;
  }
  await enqueue(runBatchJob, { batchId }, batchId);
}
