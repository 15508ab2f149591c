import "server-only";
import { and, eq, inArray, isNull, lt } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import type { Tx } from "@/lib/db/client";
import { operation, operationReading } from "@/lib/db/schema";
import { withLock } from "@/lib/db/with-lock";
import { isQuietPeriodOver, nextReconcileAt, quietPeriodLeft, resolveUnknown } from "@/lib/operations";
import { guardRetryInMs } from "@/lib/upstream";
import { completeBatch } from "../batches/complete-batch";
import { generationLockName } from "../batches/generation-lock";
import { pauseGenerating } from "../batches/pause-generating";
import type { KeyType } from "../types";
import { readFingerprint } from "../vault/fingerprint";
import { adoptKeys, type Candidate, findCandidates } from "./adopt-keys";
import { askWhileDraining, drainDeadline } from "./ask-while-draining";
import { countChunks, isGenerating } from "./chunks-of-type";
import { isShortfallQuiet } from "./is-shortfall-quiet";
import { listSinceChunks } from "./list-since-chunk";
import { nearestFirst } from "./nearest-first";
import { type InDoubtChunk, readInDoubtChunks } from "./read-in-doubt-chunks";
import { readOwnAddresses } from "./read-own-addresses";
import { type InDoubtResolution, resolveInDoubt, shareOut } from "./resolve-in-doubt";

/** Recoveries that have not begun to list yet, by key type. */
const waiting = new Map<KeyType, Promise<boolean>>();

/**
 * Find the keys of every in-doubt chunk of a key type: list what was made upstream since, adopt what is ours, conclude
 * what can be concluded. False: keys of the type were being made all the time or meanwhile, or another recovery runs.
 * Throws UpstreamError if the listing could not be taken.
 *
 * Each stops the making of keys for about a call, and is for all chunks of the type: whoever asks for one before it has
 * begun to list shares it.
 */
export function recoverLostKeys(ctx: Ctx, keyType: KeyType): Promise<boolean> {
  const shared = waiting.get(keyType);
  if (shared) return shared;
  const close = () => void (waiting.get(keyType) === recovery && waiting.delete(keyType));
  const recovery: Promise<boolean> = recoverOnce(ctx, keyType, close).finally(close);
  waiting.set(keyType, recovery);
  return recovery;
}

async function recoverOnce(ctx: Ctx, keyType: KeyType, onListing: () => void): Promise<boolean> {
  const until = drainDeadline();
  const recoverAlone = () =>
    withLock(generationLockName(keyType), async () => {
      const drained = await askWhileDraining(async () => !(await isGenerating(ctx.db, keyType)), until);
      if (!drained) return false;
      onListing();
      return recoverWhileLocked(ctx, keyType);
    });
  return (await askWhileDraining(recoverAlone, until))?.value ?? false;
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
  const [oldest, ...others] = before;
  if (!oldest) return true;
  const chunks = await countChunks(ctx.db, keyType);
  const at = ctx.now();
  const listing = await listSinceChunks([oldest, ...others], keyType).catch(async (error: unknown) => {
    // Refused by our own breaker or queue: that says nothing of the upstream, and is no reason to ask a person.
    if (guardRetryInMs(error) === null) await requireResolutionWhenOverdue(ctx.db, before, at);
    throw error;
  });

  return ctx.db.transaction(async (tx) => {
    // The lock is lost with its connection: a chunk claimed since may have keys in the listing that are not in doubt.
    if ((await countChunks(tx, keyType)) !== chunks) return false;
    // Read again, and now the rows are locked: a late answer is in already, and none can come in between.
    const listed = new Set(before.map((chunk) => chunk.row.id));
    const inDoubt = (await readInDoubtChunks(tx, keyType)).filter((chunk) => listed.has(chunk.row.id));
    const own = await readOwnAddresses(tx, [...listed]);
    const candidates = await findCandidates(tx, listing.keys, { print: await readFingerprint(), own });
    const scan: Scan = { inDoubt, unknownKeys: candidates.length, complete: listing.complete, at };
    const obstacle = await adopt(tx, ctx, inDoubt, candidates);
    if (obstacle === "foreign_keys" && !hasUnknown(inDoubt)) await conclude(tx, ctx, await holdBack(tx, ctx, scan));
    else if (obstacle) await requireManualResolution(tx, ctx, scan, obstacle);
    else await conclude(tx, ctx, scan);
    for (const batchId of new Set(inDoubt.map((chunk) => chunk.batchId))) await completeBatch(tx, ctx, batchId);
    return true;
  });
}

type Obstacle = "too_many_keys" | "foreign_keys";

const hasUnknown = (inDoubt: readonly InDoubtChunk[]): boolean => inDoubt.some((chunk) => !chunk.shortfall);

/**
 * Share the keys out if they fit. Too many: there are more than all chunks together may have made. Foreign: keys from
 * another address might be what is missing, and only a person can tell; none of them is adopted.
 */
async function adopt(
  tx: Tx,
  ctx: Ctx,
  inDoubt: InDoubtChunk[],
  candidates: readonly Candidate[],
): Promise<Obstacle | null> {
  const own = candidates.filter((candidate) => !candidate.foreign);
  const capacity = inDoubt.reduce((sum, chunk) => sum + chunk.missing, 0);
  if (hasUnknown(inDoubt) && own.length > capacity) return "too_many_keys";
  if (hasUnknown(inDoubt) && own.length < capacity && own.length < candidates.length) return "foreign_keys";
  if (own.length <= capacity) {
    const inOrder = inDoubt.toSorted((a, b) => a.rank - b.rank);
    const shares = shareOut(
      inOrder.map(({ row, missing }) => ({ id: row.id, missing })),
      own.length,
    );
    let at = 0;
    for (const chunk of inOrder) {
      const share = shares.get(chunk.row.id) ?? 0;
      await adoptKeys(tx, ctx, chunk, own.slice(at, at + share));
      at += share;
    }
  } else await adoptNearest(tx, ctx, inDoubt, own);
  // An administrator said that these calls happened: what else was made nearest to them is theirs.
  const settled = inDoubt.filter((chunk) => chunk.row.state === "settled");
  const foreign = candidates.filter((candidate) => candidate.foreign);
  const left = await adoptNearest(tx, ctx, settled, foreign);
  return left.length > 0 && inDoubt.some((chunk) => chunk.missing > 0) ? "foreign_keys" : null;
}

/** Only for chunks that certainly happened: theirs are the keys made nearest to their calls. Returns those left over. */
async function adoptNearest(
  tx: Tx,
  ctx: Ctx,
  chunks: InDoubtChunk[],
  keys: readonly Candidate[],
): Promise<Candidate[]> {
  let left = [...keys];
  for (const chunk of chunks) {
    const ours = nearestFirst(left, chunk).slice(0, chunk.missing);
    await adoptKeys(tx, ctx, chunk, ours);
    left = left.filter((candidate) => !ours.includes(candidate));
  }
  return left;
}

/**
 * Keys from another address while only short answers are in doubt: the batch pauses once for a person to check, and when
 * it is resumed it goes on without these keys. Returns the scan of the chunks that may be concluded.
 */
async function holdBack(tx: Tx, ctx: Ctx, scan: Scan): Promise<Scan> {
  const held: InDoubtChunk[] = [];
  for (const chunk of scan.inDoubt) if (chunk.missing > 0 && !(await wasHeldBack(tx, chunk))) held.push(chunk);
  for (const batchId of new Set(held.map((chunk) => chunk.batchId))) {
    if (!(await pauseGenerating(tx, ctx, { batchId, reason: "foreign_keys" }))) continue;
    for (const chunk of held) if (chunk.batchId === batchId) await storeReading(tx, scan, chunk, "conflict");
  }
  return { ...scan, inDoubt: scan.inDoubt.filter((chunk) => !held.includes(chunk)) };
}

/** The batch was paused for this chunk's sake before. */
async function wasHeldBack(tx: Tx, { row }: InDoubtChunk): Promise<boolean> {
  const conflict = and(eq(operationReading.operationId, row.id), eq(operationReading.conclusion, "conflict"));
  return (await tx.select({ id: operationReading.id }).from(operationReading).where(conflict).limit(1)).length > 0;
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
    if (chunk.shortfall) continue;
    if (to === "pending") await postponeReading(tx, chunk, at);
    else await resolveUnknown(tx, ctx, { id: chunk.row.id, resolution: { to }, detail: { found: chunk.found } });
  }
  if (!complete) await requireResolutionWhenOverdue(tx, inDoubt, at);
}

/** This listing was every chunk's: one that was due, too, is listed next when its schedule says so after this. */
async function postponeReading(tx: Tx, { row, endedAt }: InDoubtChunk, at: Date): Promise<void> {
  const left = quietPeriodLeft({ id: row.id, endedAt }, at);
  const scheduled = nextReconcileAt(endedAt, at, env().QUIET_PERIOD_SECONDS).getTime();
  const next = new Date(left > 0 ? Math.min(scheduled, at.getTime() + left) : scheduled);
  const open = and(eq(operation.id, row.id), eq(operation.state, "unknown"), lt(operation.nextReconcileAt, next));
  await tx.update(operation).set({ nextReconcileAt: next }).where(open);
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

/** There is another writer, and only an administrator can tell whose the keys are. */
async function requireManualResolution(tx: Tx, ctx: Ctx, scan: Scan, reason: Obstacle): Promise<void> {
  const unknown = scan.inDoubt.filter((chunk) => !chunk.shortfall);
  for (const chunk of unknown) await storeReading(tx, scan, chunk, "conflict");
  const ids = unknown.map((chunk) => chunk.row.id);
  await tx
    .update(operation)
    .set({ needsManualResolution: reason, nextReconcileAt: null })
    .where(inArray(operation.id, ids));
  for (const batchId of new Set(unknown.map((chunk) => chunk.batchId)))
    await pauseGenerating(tx, ctx, { batchId, reason });
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
