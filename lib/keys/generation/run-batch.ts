import "server-only";
import { setTimeout as sleepFor } from "node:timers/promises";
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
import { completeBatch } from "../batches/complete-batch";
import { nextChunkSize } from "../batches/count-progress";
import { pauseGenerating } from "../batches/pause-generating";
import { readProgress } from "../batches/read-progress";
import { hasDueShortfall, hasReleasedChunk } from "../recovery/has-due-shortfall";
import { readHighWaterMark } from "../recovery/read-high-water-mark";
import { recoverLostKeys } from "../recovery/recover-lost-keys";
import { isKeyType } from "../types";
import { claimChunk } from "./claim-chunk";
import { noteKeyReading } from "./note-key-reading";
import { refusalToMend } from "./refusal-to-mend";
import { sendChunk } from "./send-chunk";

/** The upstream's limiter lets four calls out at a time; one more is journalled meanwhile, so that it never idles. */
const CONCURRENCY = 5;
/** Workers beyond those record answers while the next calls are out. */
const WORKERS = 8;
const TRIES = 3;
const BACKOFF_MS = 1_000;
const RECOVERY_POLL_MS = 100;

type Run = { ctx: Ctx; batchId: string; signal: AbortSignal; sleep?: (ms: number) => Promise<unknown> };
type Round = { kind: "over" } | { kind: "again" } | { kind: "failed"; details: string };

/**
 * Make what a batch still lacks. One runner per batch, in any process; it returns when no chunk can be claimed now: all
 * keys are there, the batch is paused or cancelled, or what is missing may exist already. Killed at any point, another
 * run continues from the rows. Three tries in a row that reached no upstream pause the batch; they made nothing.
 */
export async function runBatch({ ctx, batchId, signal, sleep = sleepFor }: Run): Promise<void> {
  await withLock(`cardesk.batch.${batchId}`, async () => {
    let failures = 0;
    while (!signal.aborted) {
      const round = await runRound({ ctx, batchId, signal, sleep });
      if (round.kind === "over") return;
      failures = round.kind === "failed" ? failures + 1 : 0;
      if (round.kind !== "failed") continue;
      if (failures === TRIES)
        return void (await pause(ctx, { batchId, reason: "unreachable", details: round.details }));
      await sleep(BACKOFF_MS * 2 ** (failures - 1));
    }
  });
}

async function runRound(run: Required<Run>): Promise<Round> {
  const { ctx, batchId } = run;
  const [row] = await ctx.db.select().from(batch).where(eq(batch.id, batchId));
  if (row?.state !== "generating" || !isKeyType(row.keyType)) return { kind: "over" };
  let highWaterMark: Reading | null;
  try {
    const due = await hasDueShortfall(ctx.db, batchId, ctx.now());
    // Keys are not asked for again before one more look for them.
    if (due || (await hasReleasedChunk(ctx.db, batchId))) await recoverLostKeys(ctx, row.keyType);
    if (nextChunkSize(row.wanted, await readProgress(ctx.db, batchId)) === 0) {
      await ctx.db.transaction((tx) => completeBatch(tx, ctx, batchId));
      return { kind: "over" };
    }
    highWaterMark = await readHighWaterMark(row.keyType);
    await noteKeyReading(ctx, null);
  } catch (error) {
    await noteKeyReading(ctx, error);
    return afterReadError(ctx, batchId, error);
  }
  return makeChunks(run, highWaterMark);
}

/** Several chunks at a time until one can't be claimed or did not reach the upstream. */
async function makeChunks({ ctx, batchId, signal, sleep }: Required<Run>, baseline: Reading | null): Promise<Round> {
  let unsent: string | null = null;
  let halted = false;
  const calls = new Semaphore(CONCURRENCY);
  const claimAndSend = async () => {
    const release = await calls.acquire();
    try {
      if (signal.aborted || halted) return "nothing";
      const claim = await claimChunk(ctx, batchId);
      return claim.kind === "chunk" ? await sendChunk(ctx, claim.row, baseline, release) : claim.kind;
    } finally {
      release();
    }
  };
  const worker = async () => {
    while (!signal.aborted && !halted) {
      const made = await inFlight(claimAndSend).catch((error: unknown) => {
        halted = true;
        throw error;
      });
      if (made === "recovering") await sleep(RECOVERY_POLL_MS);
      else if (made === "nothing") halted = true;
      else if (made?.state === "not_sent") {
        unsent = made.reason ?? "";
        halted = true;
      }
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: WORKERS }, worker));
  for (const result of workers) if (result.status === "rejected") return afterClaimError(ctx, batchId, result.reason);
  return unsent === null ? { kind: "again" } : { kind: "failed", details: unsent };
}

/** An upstream that can't even be read would leave every outcome unknown: nothing is sent to it. */
async function afterReadError(ctx: Ctx, batchId: string, error: unknown): Promise<Round> {
  if (!(error instanceof UpstreamError)) throw error;
  const details = error.details ?? error.reason;
  const reason = refusalToMend(error.reason, error.trace);
  if (!reason) return { kind: "failed", details };
  const clockOffsetMs = error.trace?.clockOffsetMs ?? null;
  await pause(ctx, { batchId, reason, details, clockOffsetMs });
  return { kind: "over" };
}

async function afterClaimError(ctx: Ctx, batchId: string, error: unknown): Promise<Round> {
  if (!(error instanceof AppError)) throw error;
  if (error.key === "writes_paused")
    await pause(ctx, { batchId, reason: "writes_paused", details: String(error.params?.reason ?? "") });
  else if (error.code === "forbidden") await pause(ctx, { batchId, reason: "creator_not_allowed" });
  else if (error.code === "not_configured") await pause(ctx, { batchId, reason: "not_configured" });
  else log().info({ batch: batchId, key: error.key }, "a batch's run ended");
  return { kind: "over" };
}

const pause = (ctx: Ctx, input: Parameters<typeof pauseGenerating>[2]) =>
  ctx.db.transaction((tx) => pauseGenerating(tx, ctx, input));
