import "server-only";
import { CLOCK_TOLERANCE_MS } from "@/lib/core/clock-tolerance";
import type { OperationRow } from "@/lib/operations";
import type { KeyType } from "../types";
import { type Listing, listKeysSince } from "./list-keys-since";

type Sent = { row: Pick<OperationRow, "baseline">; sentAt: Date };

/**
 * The upstream's keys of a type back to the chunks' calls, by date and by the high-water mark read before each: their own
 * dates may be of a clock that was set since, or of another console's. Throws UpstreamError.
 */
export function listSinceChunks(chunks: readonly [Sent, ...Sent[]], keyType: KeyType): Promise<Listing> {
  const first = Math.min(...chunks.map(({ sentAt }) => sentAt.getTime()));
  const since = new Date(first - CLOCK_TOLERANCE_MS);
  const [highWaterMark = null, ...others] = chunks.map(markOf);
  const otherMarks = others.filter((mark) => mark !== null);
  const isKnown = otherMarks.length === others.length;
  return listKeysSince(keyType, { since, highWaterMark: isKnown ? highWaterMark : null, otherMarks });
}

const markOf = ({ row: { baseline } }: Sent) => (baseline?.kind === "listing" ? (baseline.newest ?? null) : null);

/** The same for one chunk. */
export const listSinceChunk = (chunk: Sent, keyType: KeyType): Promise<Listing> => listSinceChunks([chunk], keyType);
