import "server-only";
import { inArray } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import type { Tx } from "@/lib/db/client";
import { cardKey } from "@/lib/db/schema";
import { paramsOf } from "@/lib/operations";
import type { PotatoKey } from "@/lib/upstream";
import { readRoom } from "../batches/read-room";
import type { Fingerprint } from "../vault/fingerprint";
import { type KeyFlag, storeKeys } from "../vault/store-keys";
import type { InDoubtChunk } from "./read-in-doubt-chunks";

export type Candidate = {
  key: PotatoKey;
  fingerprint: string;
  /** Made from another address than our own keys: somebody else's, or our address has changed. */
  foreign: boolean;
};

/**
 * Of the keys upstream, those that are not in our database; oldest first. `own`: addresses our own keys were made from.
 * A key without an address, or no address to compare it with, decides nothing.
 */
export async function findCandidates(
  tx: Tx,
  keys: readonly PotatoKey[],
  { print, own }: { print: Fingerprint; own: ReadonlySet<string> },
): Promise<Candidate[]> {
  const all = keys.map((key) => ({ key, fingerprint: print(key.cardStr) }));
  if (all.length === 0) return [];
  const prints = all.map(({ fingerprint }) => fingerprint);
  const known = await tx
    .select({ fingerprint: cardKey.fingerprint })
    .from(cardKey)
    .where(inArray(cardKey.fingerprint, prints));
  const stored = new Set(known.map((row) => row.fingerprint));
  const isForeign = ({ ip }: PotatoKey) => ip !== null && own.size > 0 && !own.has(ip);
  return all
    .filter(({ fingerprint }) => !stored.has(fingerprint))
    .map(({ key, fingerprint }) => ({ key, fingerprint, foreign: isForeign(key) }))
    .reverse();
}

const SURPLUS: KeyFlag = "surplus";

/**
 * Store found keys as the chunk's, marked as recovered; of a call whose keys were asked for again, those its batch has no
 * room for any more are surplus. Changes the chunk's `found` and `missing`.
 */
export async function adoptKeys(
  tx: Tx,
  ctx: Ctx,
  chunk: InDoubtChunk,
  candidates: readonly Candidate[],
): Promise<void> {
  if (candidates.length === 0) return;
  const { batchId, row } = chunk;
  const owner = { keyType: paramsOf("generate", row).keyType, batchId, operationId: row.id };
  // What is missing from a short answer is reserved for this chunk itself.
  const own = chunk.shortfall ? chunk.missing : 0;
  const room = row.releasedAt ? (await readRoom(tx, batchId)) + own : candidates.length;
  const keys = candidates.map(({ key, fingerprint }, i) => ({ key, fingerprint, flag: i < room ? null : SURPLUS }));
  const surplus = keys.filter(({ flag }) => flag).length;
  await storeKeys(tx, ctx, { owner, keys, recovered: true });
  chunk.found += candidates.length;
  chunk.missing -= candidates.length;
  const detail = { operationId: row.id, keys: candidates.length, ...(surplus > 0 && { surplus }) };
  await recordAudit(tx, ctx, { action: "batch.recovered", targetKind: "batch", targetId: batchId, detail });
}
