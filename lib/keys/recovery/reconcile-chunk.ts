import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import type { Tx } from "@/lib/db/client";
import { operation, operationReading } from "@/lib/db/schema";
import { withLock } from "@/lib/db/with-lock";
import { type OperationRow, paramsOf, resolveUnknown } from "@/lib/operations";
import { generationLockName } from "../batches/generation-lock";
import { completeBatch, pauseFor } from "../batches/transition-batch";
import { isKeyType, type KeyType } from "../types";
import { readFingerprint } from "../vault/fingerprint";
import { adoptKeys, type Candidate, findCandidates } from "./adopt-keys";
import { type Listing, listKeysSince } from "./list-keys-since";
import { nearestFirst } from "./nearest-first";
import { countChunks, type InDoubtChunk, isBeingMade, readInDoubtChunks } from "./read-in-doubt-chunks";
import { type InDoubtResolution, resolveInDoubt, shareOut } from "./resolve-in-doubt";

/** How far before a chunk's call a key's date may lie: clocks differ. */
const CLOCK_MS = 5 * 60_000;
/** How long to wait for calls under way to end, and how often to ask. */
const DRAIN_MS = 10_000;
const DRAIN_STEP_MS = 50;

/**
 * Look once for the keys of an unknown chunk, and with it for those of every chunk of the same key type that is in
 * doubt: list what was made upstream since, adopt what is ours, conclude what can be concluded.
 * Throws UpstreamError if the listing could not be taken: that decides nothing.
 */
export async function reconcileChunk(ctx: Ctx, row: OperationRow): Promise<void> {
  const { keyType } = paramsOf("generate", row);
  if (!isKeyType(keyType) || (await recoverLostKeys(ctx, keyType))) return;
  const soon = new Date(ctx.now().getTime() + 1_000);
  await ctx.db
    .update(operation)
    .set({ nextReconcileAt: soon })
    .where(and(eq(operation.id, row.id), eq(operation.state, "unknown")));
}

/** The same for a key type. False: keys of it were being made all the time or meanwhile, or somebody else is looking. */
export async function recoverLostKeys(ctx: Ctx, keyType: KeyType): Promise<boolean> {
  const until = Date.now() + DRAIN_MS;
  do {
    const looked = await withLock(generationLockName(keyType), async () => {
      for (; Date.now() < until; await sleep(DRAIN_STEP_MS)) if (!(await isBeingMade(ctx.db, keyType))) break;
      return !(await isBeingMade(ctx.db, keyType)) && look(ctx, keyType);
    });
    if (looked) return looked.value;
    await sleep(DRAIN_STEP_MS);
  } while (Date.now() < until);
  return false;
}

/** With the makers' lock held alone and no call under way. False: the lock was lost meanwhile, and the listing says nothing. */
async function look(ctx: Ctx, keyType: KeyType): Promise<boolean> {
  const before = await ctx.db.transaction((tx) => readInDoubtChunks(tx, keyType));
  const [oldest] = before;
  if (!oldest) return true;
  const chunks = await countChunks(ctx.db, keyType);
  const at = ctx.now();
  const { baseline } = oldest.row;
  const since = new Date(oldest.sentAt.getTime() - CLOCK_MS);
  const newest = baseline?.kind === "listing" ? (baseline.newest ?? null) : null;
  const listing = await listKeysSince(keyType, { since, newest }).catch(async (error: unknown) => {
    await askWhenLate(ctx.db, before, at);
    throw error;
  });

  return ctx.db.transaction(async (tx) => {
    // The lock goes with its connection: a chunk taken since may have keys in the listing that are none of the pool's.
    if ((await countChunks(tx, keyType)) !== chunks) return false;
    // Read again, and now the rows are held: an answer that came late is in, and none can come in between.
    const looked = new Set(before.map((chunk) => chunk.row.id));
    const pool = (await readInDoubtChunks(tx, keyType)).filter((chunk) => looked.has(chunk.row.id));
    const candidates = await findCandidates(tx, listing.keys, await readFingerprint());
    const fits = await adopt(tx, ctx, pool, candidates);
    if (fits) await conclude(tx, ctx, pool, candidates.length, listing, at);
    else await askPerson(tx, ctx, pool, candidates.length, listing, at);
    for (const batchId of new Set(pool.map((chunk) => chunk.batchId))) await completeBatch(tx, ctx, batchId);
    return true;
  });
}

/** Share the keys out if they fit; false if there are more than all chunks together may have made. */
async function adopt(tx: Tx, ctx: Ctx, pool: InDoubtChunk[], candidates: readonly Candidate[]): Promise<boolean> {
  const capacity = pool.reduce((sum, chunk) => sum + chunk.missing, 0);
  if (candidates.length <= capacity) {
    const shares = shareOut(
      pool.map(({ row, missing }) => ({ id: row.id, missing })),
      candidates.length,
    );
    let at = 0;
    for (const chunk of pool) {
      const share = shares.get(chunk.row.id) ?? 0;
      await adoptKeys(tx, ctx, chunk, candidates.slice(at, at + share));
      at += share;
    }
    return true;
  }
  if (pool.some((chunk) => !chunk.owed)) return false;
  // Only chunks that certainly happened: theirs are the keys made nearest to their calls.
  let left = [...candidates];
  for (const chunk of pool) {
    const ours = nearestFirst(left, chunk).slice(0, chunk.missing);
    await adoptKeys(tx, ctx, chunk, ours);
    left = left.filter((candidate) => !ours.includes(candidate));
  }
  return true;
}

async function conclude(
  tx: Tx,
  ctx: Ctx,
  pool: InDoubtChunk[],
  found: number,
  listing: Listing,
  at: Date,
): Promise<void> {
  const quietMs = env().QUIET_PERIOD_SECONDS * 1000;
  const states = pool.map(({ row, ...chunk }) => ({ id: row.id, ...chunk }));
  const verdicts = resolveInDoubt(states, { at, complete: listing.complete }, quietMs);
  for (const chunk of pool) {
    const verdict = verdicts.get(chunk.row.id) ?? "pending";
    await keepEvidence(tx, chunk, found, listing, at, verdict);
    if (chunk.owed || verdict === "pending") continue;
    await resolveUnknown(tx, ctx, { id: chunk.row.id, resolution: { to: verdict }, detail: { found: chunk.found } });
  }
  if (!listing.complete) await askWhenLate(tx, pool, at);
}

/** After the quiet period without a listing that proves anything: a person may decide, while the looks go on. */
async function askWhenLate(tx: Tx, pool: readonly InDoubtChunk[], at: Date): Promise<void> {
  const quietMs = env().QUIET_PERIOD_SECONDS * 1000;
  const late = pool.filter((chunk) => !chunk.owed && at.getTime() - chunk.endedAt.getTime() >= quietMs);
  for (const { row } of late)
    await tx
      .update(operation)
      .set({ needsManualResolution: "undecidable" })
      .where(and(eq(operation.id, row.id), eq(operation.state, "unknown"), isNull(operation.needsManualResolution)));
}

/** More keys than the chunks can have made: somebody else makes some too, and only a person can say which are whose. */
async function askPerson(tx: Tx, ctx: Ctx, pool: InDoubtChunk[], found: number, listing: Listing, at: Date) {
  const unknown = pool.filter((chunk) => !chunk.owed);
  for (const chunk of unknown) await keepEvidence(tx, chunk, found, listing, at, "conflict");
  await tx
    .update(operation)
    .set({ needsManualResolution: "too_many_keys", nextReconcileAt: null })
    .where(
      inArray(
        operation.id,
        unknown.map((chunk) => chunk.row.id),
      ),
    );
  for (const batchId of new Set(unknown.map((chunk) => chunk.batchId)))
    await pauseFor(tx, ctx, batchId, "too_many_keys");
}

async function keepEvidence(
  tx: Tx,
  chunk: InDoubtChunk,
  unknownKeys: number,
  { complete }: Listing,
  at: Date,
  conclusion: InDoubtResolution | "conflict",
): Promise<void> {
  const reading = { kind: "listing" as const, found: chunk.found, unknownKeys, complete };
  await tx.insert(operationReading).values({ operationId: chunk.row.id, at, reading, conclusion });
}
