import "server-only";
import type { Reading } from "@/lib/operations/types";
import { potato } from "@/lib/upstream";
import type { KeyType } from "../types";

/** Enough that deleting some upstream does not lose the place. */
const KEPT = 20;

/**
 * The newest keys of a type before chunks are sent: where a later look for their keys may stop, whatever the clocks
 * say. Null if they have no ids. Throws UpstreamError.
 */
export async function readHighWaterMark(keyType: KeyType): Promise<Reading | null> {
  const { keys, unreadable, rows } = await potato().listKeys({ page: 1, size: KEPT, type: keyType });
  const newest = [...keys, ...unreadable].flatMap(({ id }) => (id === null ? [] : [id]));
  if (rows > 0 && newest.length === 0) return null;
  return { kind: "listing", found: keys.length, unknownKeys: 0, complete: unreadable.length === 0, newest };
}
