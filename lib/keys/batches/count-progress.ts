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
  /** A complete listing said that it brought no more than that. */
  checked: boolean;
  chunks: number;
};

export type Progress = {
  /** Keys in our database. */
  recorded: number;
  /** Keys of calls in flight. */
  inFlight: number;
  /** Keys that may or may not exist: asked for in a call with an unknown outcome, or missing from a short answer. */
  unknown: number;
};

/** Whether chunks happened but brought fewer keys than asked, and no listing has shown yet that there are no others. */
const isShort = (group: ChunkGroup): boolean =>
  group.keys < group.asked &&
  !group.checked &&
  (group.state === "done" || group.state === "applied" || (group.state === "settled" && group.settledAs === "applied"));

/** What a batch has, and what it must reckon with. */
export function countProgress(groups: readonly ChunkGroup[]): Progress {
  const progress: Progress = { recorded: 0, inFlight: 0, unknown: 0 };
  for (const group of groups) {
    const missing = Math.max(0, group.asked - group.keys) * group.chunks;
    progress.recorded += group.keys * group.chunks;
    if (group.state === "intent" || group.state === "sent") progress.inFlight += missing;
    else if (group.state === "unknown" || isShort(group)) progress.unknown += missing;
  }
  return progress;
}

/** Keys the next chunk may ask for; 0 when everything is there, in flight or unknown. Never more than was wanted. */
export function nextChunkSize(wanted: number, { recorded, inFlight, unknown }: Progress): number {
  return Math.max(0, Math.min(CHUNK_SIZE, wanted - recorded - inFlight - unknown));
}

/** Done means: all there, and nothing may still turn up. */
export const isComplete = (wanted: number, progress: Progress): boolean =>
  progress.recorded >= wanted && progress.inFlight === 0 && progress.unknown === 0;
