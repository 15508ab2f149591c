import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { eq } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { Semaphore } from "@/lib/core/concurrency/semaphore";
import { AppError } from "@/lib/core/errors";
import { log } from "@/lib/core/log";
import { batch } from "@/lib/db/schema";
import { withLock } from "@/lib/db/with-lock";
import type { Reading } from "@/lib/operations/types";
import { inFlight } from "@/lib/process/in-flight";
import { UpstreamError } from "@/lib/upstream";
import { nextChunkSize } from "../batches/count-progress";
import { readProgress } from "../batches/read-progress";
import { completeBatch, pauseFor } from "../batches/transition-batch";
import { readHighWaterMark } from "../recovery/read-high-water-mark";
import { hasShortfall } from "../recovery/read-in-doubt-chunks";
import { recoverLostKeys } from "../recovery/reconcile-chunk";
import type { PausedReason } from "../types";
import { isKeyType } from "../types";
import { claimChunk } from "./claim-chunk";
import { sendChunk } from "./send-chunk";

/** The upstream's limiter lets four calls out at a time; one more is journalled meanwhile, so that it never waits for us. */
const CONCURRENCY = 5;
/** Workers beyond those record what came back while the next calls are out. */
const WORKERS = 8;
const TRIES = 3;
const BACKOFF_MS = 1_000;
const LOOKING_MS = 100;

type Run = { ctx: Ctx; batchId: string; signal: AbortSignal; pause?: (ms: number) => Promise<unknown> };
type Round = { kind: "over" } | { kind: "again" } | { kind: "failed"; details: string };

/**
 * Make what a batch still lacks. One runner a batch, in whatever process; it returns when nothing can be taken now: all
 * there, paused, cancelled, or what is missing may exist already. Killed anywhere, another run goes on from the rows.
 * Three tries in a row that reached nobody pause the batch; nothing was made by them.
 */
export async function runBatch({ ctx, batchId, signal, pause = sleep }: Run): Promise<void> {
  await withLock(`cardesk.batch.${batchId}`, async () => {
    let failures = 0;
    while (!signal.aborted) {
      const round = await runRound({ ctx, batchId, signal, pause });
      if (round.kind === "over") return;
      failures = round.kind === "failed" ? failures + 1 : 0;
      if (round.kind !== "failed") continue;
      if (failures === TRIES) return void (await stop(ctx, batchId, "unreachable", round.details));
      await pause(BACKOFF_MS * 2 ** (failures - 1));
    }
  });
}

async function runRound(run: Required<Run>): Promise<Round> {
  const { ctx, batchId } = run;
  const [row] = await ctx.db.select().from(batch).where(eq(batch.id, batchId));
  if (row?.state !== "generating" || !isKeyType(row.keyType)) return { kind: "over" };
  let mark: Reading | null;
  try {
    if (await hasShortfall(ctx.db, batchId)) await recoverLostKeys(ctx, row.keyType);
    if (nextChunkSize(row.wanted, await readProgress(ctx.db, batchId)) === 0) {
      await ctx.db.transaction((tx) => completeBatch(tx, ctx, batchId));
      return { kind: "over" };
    }
    mark = await readHighWaterMark(row.keyType);
  } catch (error) {
    return afterReadError(ctx, batchId, error);
  }
  return makeChunks(run, mark);
}

/** Several chunks at a time until one can't be taken or reached nobody. */
async function makeChunks({ ctx, batchId, signal, pause }: Required<Run>, mark: Reading | null): Promise<Round> {
  let unsent: string | null = null;
  let halted = false;
  const slots = new Semaphore(CONCURRENCY);
  const takeAndSend = async () => {
    const giveBack = await slots.take();
    try {
      if (signal.aborted || halted) return "nothing";
      const taken = await claimChunk(ctx, batchId);
      return taken.kind === "chunk" ? await sendChunk(ctx, taken.row, mark, giveBack) : taken.kind;
    } finally {
      giveBack();
    }
  };
  const worker = async () => {
    while (!signal.aborted && !halted) {
      const made = await inFlight(takeAndSend).catch((error: unknown) => {
        halted = true;
        throw error;
      });
      if (made === "looking") await pause(LOOKING_MS);
      else if (made === "nothing") halted = true;
      else if (made?.state === "not_sent") {
        unsent = made.reason ?? "";
        halted = true;
      }
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: WORKERS }, worker));
  for (const result of workers) if (result.status === "rejected") return afterTakeError(ctx, batchId, result.reason);
  return unsent === null ? { kind: "again" } : { kind: "failed", details: unsent };
}

/** An upstream that can't even be read would leave every outcome unknown: nothing is sent to it. */
async function afterReadError(ctx: Ctx, batchId: string, error: unknown): Promise<Round> {
  if (!(error instanceof UpstreamError)) throw error;
  const details = error.details ?? error.reason;
  const reasons: readonly string[] = ["key_refused", "no_permission", "signature_refused", "not_configured"];
  if (!reasons.includes(error.reason)) return { kind: "failed", details };
  await stop(ctx, batchId, error.reason as PausedReason, details);
  return { kind: "over" };
}

async function afterTakeError(ctx: Ctx, batchId: string, error: unknown): Promise<Round> {
  if (!(error instanceof AppError)) throw error;
  if (error.key === "writes_paused") await stop(ctx, batchId, "writes_paused", String(error.params?.reason ?? ""));
  else if (error.code === "not_configured") await stop(ctx, batchId, "not_configured", null);
  else log().info({ batch: batchId, key: error.key }, "a batch's run ended");
  return { kind: "over" };
}

const stop = (ctx: Ctx, batchId: string, reason: PausedReason, details: string | null) =>
  ctx.db.transaction((tx) => pauseFor(tx, ctx, batchId, reason, details));
