import { performance } from "node:perf_hooks";

export function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** What nineteen of twenty stay below. */
export const p95Of = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN;

/** Milliseconds a piece of work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * Median milliseconds of a piece of work in the quietest of three windows of so many rounds: what the code takes, and not
 * what a busy machine adds. The first round warms up and does not count.
 */
export async function medianMs(rounds: number, work: () => Promise<unknown>): Promise<number> {
  await work();
  return medianOf(await quietestWindow(rounds, work));
}

/** The times of each round, in the one of three windows whose median is the least. */
export async function quietestWindow(rounds: number, work: (round: number) => Promise<unknown>): Promise<number[]> {
  const windows: number[][] = [];
  for (let window = 0; window < 3; window++) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) times.push(await timed(() => work(round)));
    windows.push(times);
  }
  return windows.toSorted((a, b) => medianOf(a) - medianOf(b))[0] ?? [];
}
