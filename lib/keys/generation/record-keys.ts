import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import type { Tx } from "@/lib/db/client";
import { batch, cardKey, operation } from "@/lib/db/schema";
import { type OperationRow, paramsOf } from "@/lib/operations";
import type { OperationState } from "@/lib/operations/types";
import type { CreatedKeys } from "@/lib/upstream";
import { readRoom } from "../batches/read-room";
import { isShort, keysOfChunk } from "../recovery/has-due-shortfall";
import { readFingerprint } from "../vault/fingerprint";
import { isDistinctKey, type KeyFlag, type KeyOwner, type NewKey, storeKeys } from "../vault/store-keys";

export type Recorded = {
  /** Keys of this answer that are there now, duplicates not counted. */
  kept: number;
  extra: number;
  duplicate: number;
  wrongType: number;
  unreadable: number;
};

/**
 * Store every key of a chunk's answer, in the transaction of its outcome. More than asked, of another type, or seen
 * before: flagged, never dropped. A key that a listing had given to an in-doubt chunk goes to the chunk that made it.
 */
export async function recordKeys(tx: Tx, ctx: Ctx, row: OperationRow, answer: CreatedKeys): Promise<Recorded> {
  if (!row.batchId) throw new Error("not a chunk of a batch");
  const { keyType, count } = paramsOf("generate", row);
  const owner = { keyType, batchId: row.batchId, operationId: row.id };
  const print = await readFingerprint();
  const keys = answer.keys.map((key) => ({ key, fingerprint: print(key.cardStr) }));
  const { known, uncounted } = await takeOverRecovered(tx, owner, new Set(keys.map((one) => one.fingerprint)));
  let room = await roomFor(tx, row, row.batchId);
  const recorded: Recorded = { kept: 0, extra: 0, duplicate: 0, wrongType: 0, unreadable: answer.unreadable.length };
  const seen = new Set<string>();

  const flagOf = (type: number | null): KeyFlag | null =>
    type !== null && type !== keyType ? "wrong_type" : recorded.kept > count ? "extra" : null;
  if (room < 0) await toSurplus(tx, uncounted.slice(0, -room));
  const fresh = keys.flatMap(({ key, fingerprint }): NewKey[] => {
    if (seen.has(fingerprint) || known.get(fingerprint) === "duplicate") {
      recorded.duplicate += 1;
      return [{ key, fingerprint, flag: "duplicate" }];
    }
    seen.add(fingerprint);
    if (known.get(fingerprint) === "elsewhere") return [];
    recorded.kept += 1;
    if (known.get(fingerprint) === "ours") return [];
    const flag = flagOf(key.type) ?? (room-- > 0 ? null : "surplus");
    if (flag === "wrong_type") recorded.wrongType += 1;
    if (flag === "extra") recorded.extra += 1;
    return [{ key, fingerprint, flag }];
  });
  await storeKeys(tx, ctx, { owner, keys: fresh, recovered: false });
  await auditUnexpectedResponse(tx, ctx, row, recorded, answer);
  return recorded;
}

/** States that only an unknown outcome leads to: decided without the answer, or by one that came after it was unknown. */
const AFTER_UNKNOWN: readonly OperationState[] = ["applied", "not_applied", "settled"];

/**
 * Keys of the answer that its batch has room for; below 0, so many of those taken over are too many. After a decision
 * without the answer what the chunk asked for may have been asked for again. The batch is then locked.
 */
async function roomFor(tx: Tx, { id, state }: OperationRow, batchId: string): Promise<number> {
  if (!AFTER_UNKNOWN.includes(state)) return Number.POSITIVE_INFINITY;
  const missing = sql<number>`(${operation.params}->>'count')::int - ${keysOfChunk}`;
  const short = and(eq(operation.id, id), isShort);
  const [own] = await tx.select({ missing }).from(operation).where(short);
  return (await readRoom(tx, batchId)) + (own?.missing ?? 0);
}

/** Whether an answer brought exactly the keys that were asked for. */
export const isAsAsked = (row: OperationRow, { kept, ...anomalies }: Recorded): boolean =>
  kept === paramsOf("generate", row).count &&
  anomalies.extra + anomalies.duplicate + anomalies.wrongType + anomalies.unreadable === 0;

/**
 * Which keys of an answer are stored already: "ours" were recovered, and belong to this chunk from now on. `uncounted` are
 * those of them that its batch had not counted until now.
 */
async function takeOverRecovered(
  tx: Tx,
  { batchId, operationId }: KeyOwner,
  prints: Set<string>,
): Promise<{ known: Map<string, "ours" | "duplicate" | "elsewhere">; uncounted: string[] }> {
  if (prints.size === 0) return { known: new Map(), uncounted: [] };
  const known = await tx
    .select({
      id: cardKey.id,
      fingerprint: cardKey.fingerprint,
      recovered: cardKey.recovered,
      flag: cardKey.flag,
      by: cardKey.operationId,
      state: batch.state,
      of: batch.id,
    })
    .from(cardKey)
    .innerJoin(batch, eq(batch.id, cardKey.batchId))
    .where(and(inArray(cardKey.fingerprint, [...prints]), isDistinctKey));
  // A batch that is done keeps what it was given: it may be handed out, and would never be filled again.
  const isKept = (row: (typeof known)[number]) => row.state === "done" && row.of !== batchId;
  // What a listing gave to this chunk itself stays as it is: it may be handed out.
  const moved = known.filter((row) => row.recovered && !isKept(row) && row.by !== operationId);
  const ids = moved.map((row) => row.id);
  // Whose they are is known now, and there they were reserved: they are no surplus.
  const ours = { batchId, operationId, flag: null };
  if (ids.length) await tx.update(cardKey).set(ours).where(inArray(cardKey.id, ids));
  const uncounted = moved.filter((row) => row.of !== batchId || row.flag === "surplus").map((row) => row.id);
  const whose = (row: (typeof known)[number]) => (isKept(row) ? "elsewhere" : "ours");
  return { known: new Map(known.map((row) => [row.fingerprint, row.recovered ? whose(row) : "duplicate"])), uncounted };
}

/** Keys a chunk took over that its batch has no room for. */
async function toSurplus(tx: Tx, ids: string[]): Promise<void> {
  if (ids.length) await tx.update(cardKey).set({ flag: "surplus" }).where(inArray(cardKey.id, ids));
}

/** Audit every difference from what was asked, with all that is known of unreadable rows. */
async function auditUnexpectedResponse(tx: Tx, ctx: Ctx, row: OperationRow, recorded: Recorded, answer: CreatedKeys) {
  if (isAsAsked(row, recorded)) return;
  const { count: asked } = paramsOf("generate", row);
  const rows = answer.unreadable.map(({ index, id, field }) => ({ index, id, field }));
  const detail = { operationId: row.id, asked, ...recorded, ...(rows.length > 0 && { rows }) };
  const target = { targetKind: "batch", targetId: row.batchId ?? "" };
  await recordAudit(tx, ctx, { action: "batch.unexpected_response", ...target, outcome: "failed", detail });
}
