/** PotatoCloud makes at most ten keys a call (单次最多10条). */
const CHUNK_SIZE = 10;

/** Chunks of a batch that are alike. */
export type ChunkGroup = {
  state: string;
  settledAs: "applied" | "not_applied" | null;
  /** Keys each of them asked for. */
  asked: number;
  /** Keys each of them brought, duplicates not counted. */
  keys: number;
  /** Those of them that were surplus when they were found. */
  surplus: number;
  /** The upstream refused it, and no key of it has turned up yet. */
  refused: boolean;
  /** A person resumed the batch meanwhile: its keys are asked for again. */
  released: boolean;
  /** A complete listing said that it brought no more than that. */
  checked: boolean;
  chunks: number;
};

export type Progress = {
  /** Keys in our database, without the surplus. */
  recorded: number;
  /** Keys of calls in flight. */
  inFlight: number;
  /** Keys that may or may not exist: asked for in a call with an unknown outcome, or missing from a short answer. */
  unknown: number;
  /** Those of them whose call was refused: a person may ask for them again before a listing has proven that. */
  refused: number;
  /** Keys of refused calls that a person let be asked for again. They are reserved no more, but may turn up. */
  released: number;
};

/** Whether chunks happened but brought fewer keys than asked, and no listing has shown yet that there are no others. */
const isShort = (group: ChunkGroup): boolean =>
  group.keys < group.asked &&
  !group.checked &&
  (group.state === "done" || group.state === "applied" || (group.state === "settled" && group.settledAs === "applied"));

/** What a batch has, and what it must reckon with. */
export function countProgress(groups: readonly ChunkGroup[]): Progress {
  const progress: Progress = { recorded: 0, inFlight: 0, unknown: 0, refused: 0, released: 0 };
  for (const group of groups) {
    const missing = Math.max(0, group.asked - group.keys) * group.chunks;
    progress.recorded += (group.keys - group.surplus) * group.chunks;
    if (group.state === "intent" || group.state === "sent") progress.inFlight += missing;
    else if (group.state === "unknown" && group.released) progress.released += missing;
    else if (group.state === "unknown" || isShort(group)) progress.unknown += missing;
    if (group.state === "unknown" && group.refused && !group.released) progress.refused += missing;
  }
  return progress;
}

/**
 * Keys the next chunk may ask for; 0 when everything is there, in flight or unknown. Never more than was wanted. What
 * was released comes last: until then it may be found, and need not be made.
 */
export function nextChunkSize(wanted: number, { recorded, inFlight, unknown, released }: Progress): number {
  const left = wanted - recorded - inFlight - unknown;
  const certain = left - released;
  return Math.max(0, Math.min(CHUNK_SIZE, certain > 0 ? certain : left));
}

/** Done means: all there, and nothing that was not asked for again may still turn up. */
export const isComplete = (wanted: number, progress: Progress): boolean =>
  progress.recorded >= wanted && progress.inFlight === 0 && progress.unknown === 0;
