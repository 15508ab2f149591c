export type InDoubtState = { id: string; found: number; missing: number; owed: boolean; endedAt: Date };
export type InDoubtResolution = "applied" | "not_applied" | "pending";

/**
 * What one look says of each chunk of a pool, after the keys it brought were shared out. `complete`: the listing
 * overlooked nothing; `at`: when it was begun. Nothing of this type was being made meanwhile.
 *
 * All found: applied, at once. Else an unknown call may still act, so only a complete listing at least the quiet period
 * after the call ended decides. A key found may be any chunk's: while one chunk is still young, those that found
 * something, or lie beside one that did, wait for it. A chunk that only owes keys has ended, and one listing is enough.
 */
export function resolveInDoubt(
  chunks: readonly InDoubtState[],
  listing: { at: Date; complete: boolean },
  quietMs: number,
): Map<string, InDoubtResolution> {
  const unknown = chunks.filter((chunk) => !chunk.owed);
  const isQuietPeriodOver = (chunk: InDoubtState) =>
    listing.complete && listing.at.getTime() - chunk.endedAt.getTime() >= quietMs;
  const allFound = chunks.every((chunk) => chunk.missing === 0);
  const noneFound = unknown.every((chunk) => chunk.found === 0);
  const allQuiet = unknown.every(isQuietPeriodOver);

  const verdictOf = (chunk: InDoubtState): InDoubtResolution => {
    if (allFound) return "applied";
    if (chunk.owed) return listing.complete ? "applied" : "pending";
    if (!isQuietPeriodOver(chunk) || !(noneFound || allQuiet)) return "pending";
    return chunk.found > 0 ? "applied" : "not_applied";
  };
  return new Map(chunks.map((chunk) => [chunk.id, verdictOf(chunk)]));
}

/** Share found keys out, oldest call first. Returns how many each chunk gets. */
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
