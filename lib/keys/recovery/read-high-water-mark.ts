import "server-only";
import type { Reading } from "@/lib/operations/types";
import { potato } from "@/lib/upstream";
import type { KeyType } from "../types";

/** Enough keys that deleting some of them upstream does not lose the mark. */
const MARK_SIZE = 20;

/**
 * The newest keys of a type before chunks are sent: where a later listing of their keys may stop, whatever the clocks
 * say. Null if they have no ids. Throws UpstreamError.
 */
export async function readHighWaterMark(keyType: KeyType): Promise<Reading | null> {
  const { keys, unreadable, rows } = await potato().listKeys({ page: 1, size: MARK_SIZE, type: keyType });
  const newest = [...keys, ...unreadable].flatMap(({ id }) => (id === null ? [] : [id]));
  if (rows > 0 && newest.length === 0) return null;
  return { kind: "listing", found: keys.length, unknownKeys: 0, complete: unreadable.length === 0, newest };
}
