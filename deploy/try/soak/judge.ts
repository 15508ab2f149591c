import { slopeOf } from "../../../bench/slope.ts";
import { connectionsOf, type Sample } from "./sample.ts";

/** Where the samples may be judged: the compiler and the caches warm up first, and again after the restart. */
export type Span = { name: string; from: number; to: number };

/** MB an hour, by least squares. */
export function slopes(
  samples: readonly Sample[],
  { from, to }: Span,
): { console: number; postgres: number; samples: number } {
  const within = samples.filter(({ minute }) => minute >= from && minute <= to);
  const slope = (of: (sample: Sample) => number) =>
    slopeOf(within.map((sample) => [sample.minute / 60, of(sample)] as const));
  return {
    console: slope(({ consoleMb }) => consoleMb),
    postgres: slope(({ postgresMb }) => postgresMb),
    samples: within.length,
  };
}

/** The median and the most of all connections, in the first and the last quarter of what is judged. */
export function connectionsOver(
  samples: readonly Sample[],
  warmUp: number,
): { before: number; after: number; most: number } {
  const counts = samples.filter(({ minute }) => minute >= warmUp).map(connectionsOf);
  const quarter = Math.max(1, Math.floor(counts.length / 4));
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  return { before: median(counts.slice(0, quarter)), after: median(counts.slice(-quarter)), most: Math.max(...counts) };
}
