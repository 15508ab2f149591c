export type InDoubtState = {
  id: string;
  found: number;
  missing: number;
  shortfall: boolean;
  /** The listing was begun at least the quiet period after the call ended. */
  quietOver: boolean;
};
export type InDoubtResolution = "applied" | "not_applied" | "pending";

/**
 * What one listing says of each in-doubt chunk, after the keys it brought were shared out. `complete`: the listing
 * overlooked nothing. No key of this type was being made meanwhile.
 *
 * All found: applied, at once. Otherwise an unknown call may still act, and the list may lag behind what any call made,
 * so only a complete listing at least the quiet period after the call ended decides: of a chunk with a shortfall that it
 * brought no more, of an unknown one what it brought. A found key may belong to any chunk: while one chunk is still
 * young, unknown ones that found something, or stand beside one that did, wait for it.
 */
export function resolveInDoubt(
  chunks: readonly InDoubtState[],
  { complete }: { complete: boolean },
): Map<string, InDoubtResolution> {
  const unknown = chunks.filter((chunk) => !chunk.shortfall);
  const isDecidable = (chunk: InDoubtState) => complete && chunk.quietOver;
  const allFound = chunks.every((chunk) => chunk.missing === 0);
  const noneFound = unknown.every((chunk) => chunk.found === 0);
  const allDecidable = chunks.every(isDecidable);

  const resolutionOf = (chunk: InDoubtState): InDoubtResolution => {
    if (allFound) return "applied";
    if (!isDecidable(chunk)) return "pending";
    if (chunk.shortfall) return "applied";
    if (!noneFound && !allDecidable) return "pending";
    return chunk.found > 0 ? "applied" : "not_applied";
  };
  return new Map(chunks.map((chunk) => [chunk.id, resolutionOf(chunk)]));
}

/** Share found keys out, in the order given. Returns how many each chunk gets. */
export function shareOut(chunks: readonly { id: string; missing: number }[], keys: number): Map<string, number> {
  let left = keys;
  return new Map(
    chunks.map(({ id, missing }) => {
      const share = Math.min(missing, left);
      left -= share;
      return [id, share];
    }),
  );
}
