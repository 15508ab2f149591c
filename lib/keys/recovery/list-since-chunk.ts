import "server-only";
import type { OperationRow } from "@/lib/operations";
import type { KeyType } from "../types";
import { type Listing, listKeysSince } from "./list-keys-since";

/** How far before a chunk's call a key's date may lie: clocks differ. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

type Sent = { row: Pick<OperationRow, "baseline">; sentAt: Date };

/** The upstream's keys of a type back to the chunk's call, by date and by the high-water mark read before it. Throws UpstreamError. */
export function listSinceChunk({ row, sentAt }: Sent, keyType: KeyType): Promise<Listing> {
  const since = new Date(sentAt.getTime() - CLOCK_TOLERANCE_MS);
  const highWaterMark = row.baseline?.kind === "listing" ? (row.baseline.newest ?? null) : null;
  return listKeysSince(keyType, { since, highWaterMark });
}
