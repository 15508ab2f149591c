import "server-only";
import type { Ctx } from "@/lib/context";
import { type OperationRow, paramsOf, type RefusalCheck } from "@/lib/operations";
import { isKeyType, type KeyType } from "../types";
import { readFingerprint } from "../vault/fingerprint";
import { findCandidates } from "./adopt-keys";
import { askWhileDraining } from "./ask-while-draining";
import { isGenerating } from "./chunks-of-type";
import type { Listing } from "./list-keys-since";
import { listSinceChunk } from "./list-since-chunk";

/**
 * Whether the upstream's refusal of a chunk can be true: the newest keys are read once, and a key made since the call
 * that is not in our database leaves it undecided. It may belong to another chunk whose answer is still on its way, so
 * while there is one, the keys get time to be recorded; what is left then may be this chunk's, and recovery finds out. A
 * reading with a gap proves nothing, and one without such a key not enough, because the list may lag behind: the chunk
 * stays unknown until recovery has listed after the quiet period. Throws UpstreamError if it could not be taken.
 */
export async function checkChunkRefusal(ctx: Ctx, row: OperationRow): Promise<RefusalCheck> {
  const { keyType } = paramsOf("generate", row);
  if (!isKeyType(keyType)) throw new RangeError(`${keyType} is no key type`);
  const at = ctx.now();
  const listing = await listSinceChunk({ row, sentAt: row.sentAt ?? row.createdAt }, keyType);
  const unknownKeys = await countUnrecorded(ctx, listing, { id: row.id, keyType });
  const verdict = unknownKeys > 0 ? "undecided" : listing.complete ? "pending" : "unreadable";
  const reading = { kind: "listing" as const, found: 0, unknownKeys, complete: listing.complete };
  return { at, reading, verdict, holds: false };
}

/** How many keys of the listing no chunk accounts for, once those in flight have had time to. */
async function countUnrecorded(
  ctx: Ctx,
  { keys }: Listing,
  { id, keyType }: { id: string; keyType: KeyType },
): Promise<number> {
  const print = await readFingerprint();
  let unrecorded = 0;
  await askWhileDraining(async () => {
    // Asked before the keys are counted: a chunk that ends in between has recorded its keys by then.
    const othersInFlight = await isGenerating(ctx.db, keyType, { except: id });
    unrecorded = (await findCandidates(ctx.db, keys, { print, own: new Set() })).length;
    return unrecorded === 0 || !othersInFlight;
  });
  return unrecorded;
}
