import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import type { Tx } from "@/lib/db/client";
import { operation, operationReading } from "@/lib/db/schema";
import { withLock } from "@/lib/db/with-lock";
import { isQuietPeriodOver, resolveUnknown } from "@/lib/operations";
import { completeBatch } from "../batches/complete-batch";
import { generationLockName } from "../batches/generation-lock";
import { pauseGenerating } from "../batches/pause-generating";
import type { KeyType } from "../types";
import { readFingerprint } from "../vault/fingerprint";
import { adoptKeys, type Candidate, findCandidates } from "./adopt-keys";
import { countChunks, isGenerating } from "./chunks-of-type";
import { isShortfallQuiet } from "./is-shortfall-quiet";
import { type Listing, listKeysSince } from "./list-keys-since";
import { nearestFirst } from "./nearest-first";
import { type InDoubtChunk, readInDoubtChunks } from "./read-in-doubt-chunks";
import { type InDoubtResolution, resolveInDoubt, shareOut } from "./resolve-in-doubt";

/** How far before a chunk's call a key's date may lie: clocks differ. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;
/** How long to wait for calls in flight to end, and how often to ask. */
const DRAIN_MS = 10_000;
const DRAIN_STEP_MS = 50;

/**
 * Find the keys of every in-doubt chunk of a key type: list what was made upstream since, adopt what is ours, conclude
 * what can be concluded. False: keys of the type were being made all the time or meanwhile, or another recovery runs.
 * Throws UpstreamError if the listing could not be taken.
 */
export async function recoverLostKeys(ctx: Ctx, keyType: KeyType): Promise<boolean> {
  const until = Date.now() + DRAIN_MS;
  do {
    const recovered = await withLock(generationLockName(keyType), async () => {
      for (; Date.now() < until; await sleep(DRAIN_STEP_MS)) if (!(await isGenerating(ctx.db, keyType))) break;
      return !(await isGenerating(ctx.db, keyType)) && recoverWhileLocked(ctx, keyType);
    });
    if (recovered) return recovered.value;
    await sleep(DRAIN_STEP_MS);
  } while (Date.now() < until);
  return false;
}

/** What one listing showed. */
type Scan = {
  inDoubt: InDoubtChunk[];
  /** Keys in the listing that are not in our database. */
  unknownKeys: number;
  /** Nothing was overlooked. */
  complete: boolean;
  /** When the listing was begun. */
  at: Date;
};

/** With the generation lock held exclusively and no call in flight. False: the lock was lost, and the listing proves nothing. */
async function recoverWhileLocked(ctx: Ctx, keyType: KeyType): Promise<boolean> {
  const before = await ctx.db.transaction((tx) => readInDoubtChunks(tx, keyType));
  const [oldest] = before;
  if (!oldest) return true;
  const chunks = await countChunks(ctx.db, keyType);
  const at = ctx.now();
  const listing = await listSince(oldest, keyType).catch(async (error: unknown) => {
    await requireResolutionWhenOverdue(ctx.db, before, at);
    throw error;
  });

  return ctx.db.transaction(async (tx) => {
    // The lock is lost with its connection: a chunk claimed since may have keys in the listing that are not in doubt.
    if ((await countChunks(tx, keyType)) !== chunks) return false;
    // Read again, and now the rows are locked: a late answer is in already, and none can come in between.
    const listed = new Set(before.map((chunk) => chunk.row.id));
    const inDoubt = (await readInDoubtChunks(tx, keyType)).filter((chunk) => listed.has(chunk.row.id));
    const candidates = await findCandidates(tx, listing.keys, await readFingerprint());
    const scan: Scan = { inDoubt, unknownKeys: candidates.length, complete: listing.complete, at };
    if (await adopt(tx, ctx, inDoubt, candidates)) await conclude(tx, ctx, scan);
    else await requireManualResolution(tx, ctx, scan);
    for (const batchId of new Set(inDoubt.map((chunk) => chunk.batchId))) await completeBatch(tx, ctx, batchId);
    return true;
  });
}

function listSince({ row, sentAt }: InDoubtChunk, keyType: KeyType): Promise<Listing> {
  const since = new Date(sentAt.getTime() - CLOCK_TOLERANCE_MS);
  const highWaterMark = row.baseline?.kind === "listing" ? (row.baseline.newest ?? null) : null;
  return listKeysSince(keyType, { since, highWaterMark });
}

/** Share the keys out if they fit; false if there are more than all chunks together may have made. */
async function adopt(tx: Tx, ctx: Ctx, inDoubt: InDoubtChunk[], candidates: readonly Candidate[]): Promise<boolean> {
  const capacity = inDoubt.reduce((sum, chunk) => sum + chunk.missing, 0);
  if (candidates.length <= capacity) {
    const shares = shareOut(
      inDoubt.map(({ row, missing }) => ({ id: row.id, missing })),
      candidates.length,
    );
    let at = 0;
    for (const chunk of inDoubt) {
      const share = shares.get(chunk.row.id) ?? 0;
      await adoptKeys(tx, ctx, chunk, candidates.slice(at, at + share));
      at += share;
    }
    return true;
  }
  if (inDoubt.some((chunk) => !chunk.shortfall)) return false;
  // Only chunks that certainly happened: theirs are the keys made nearest to their calls.
  let left = [...candidates];
  for (const chunk of inDoubt) {
    const ours = nearestFirst(left, chunk).slice(0, chunk.missing);
    await adoptKeys(tx, ctx, chunk, ours);
    left = left.filter((candidate) => !ours.includes(candidate));
  }
  return true;
}

async function conclude(tx: Tx, ctx: Ctx, scan: Scan): Promise<void> {
  const { inDoubt, complete, at } = scan;
  const states = inDoubt.map(({ row, ...chunk }) => ({
    ...chunk,
    id: row.id,
    quietOver: isQuietOver({ id: row.id, ...chunk }, at),
  }));
  const resolutions = resolveInDoubt(states, { complete });
  for (const chunk of inDoubt) {
    const to = resolutions.get(chunk.row.id) ?? "pending";
    await storeReading(tx, scan, chunk, to);
    if (chunk.shortfall || to === "pending") continue;
    await resolveUnknown(tx, ctx, { id: chunk.row.id, resolution: { to }, detail: { found: chunk.found } });
  }
  if (!complete) await requireResolutionWhenOverdue(tx, inDoubt, at);
}

/** Both kinds count on two clocks; the engine's own forgets what is not unknown. */
const isQuietOver = ({ id, endedAt, shortfall }: { id: string; endedAt: Date; shortfall: boolean }, at: Date) =>
  shortfall ? isShortfallQuiet({ id, endedAt }, at) : isQuietPeriodOver({ id, endedAt }, at);

/** After the quiet period without a listing that proves anything: allow manual resolution, and go on reconciling. */
async function requireResolutionWhenOverdue(tx: Tx, inDoubt: readonly InDoubtChunk[], at: Date): Promise<void> {
  for (const chunk of inDoubt) {
    if (chunk.shortfall || !isQuietPeriodOver({ id: chunk.row.id, endedAt: chunk.endedAt }, at)) continue;
    const open = and(eq(operation.id, chunk.row.id), eq(operation.state, "unknown"));
    await tx
      .update(operation)
      .set({ needsManualResolution: "undecidable" })
      .where(and(open, isNull(operation.needsManualResolution)));
  }
}

/** More keys than the chunks can have made: there is another writer, and only an administrator can tell whose they are. */
async function requireManualResolution(tx: Tx, ctx: Ctx, scan: Scan): Promise<void> {
  const unknown = scan.inDoubt.filter((chunk) => !chunk.shortfall);
  for (const chunk of unknown) await storeReading(tx, scan, chunk, "conflict");
  const ids = unknown.map((chunk) => chunk.row.id);
  await tx
    .update(operation)
    .set({ needsManualResolution: "too_many_keys", nextReconcileAt: null })
    .where(inArray(operation.id, ids));
  for (const batchId of new Set(unknown.map((chunk) => chunk.batchId)))
    await pauseGenerating(tx, ctx, { batchId, reason: "too_many_keys" });
}

async function storeReading(
  tx: Tx,
  { unknownKeys, complete, at }: Scan,
  { row, found }: InDoubtChunk,
  conclusion: InDoubtResolution | "conflict",
): Promise<void> {
  const reading = { kind: "listing" as const, found, unknownKeys, complete };
  await tx.insert(operationReading).values({ operationId: row.id, at, reading, conclusion });
}
