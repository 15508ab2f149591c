import type { Random } from "../../sandbox/core/seeded-random.ts";
import { waitUntil } from "../../server/process/wait-until.ts";
import type { RunContext } from "../run/run-context.ts";

/** Something to be done once this share of the run is done, and how much of it. */
export type Spread = { share: number; amount: number };

/** So many of them, one in each equal part of the run, each with a whole amount from `min` to `max`. */
export function drawSpread(random: Random, count: number, { min, max }: { min: number; max: number }): Spread[] {
  return Array.from({ length: count }, (_, i) => ({
    share: (i + 0.1 + 0.8 * random.next()) / count,
    amount: random.int(min, max),
  }));
}

/** Wait for the moment of each and do it. Returns how many were done; fewer only when the run was aborted. */
export async function doSpread(
  { pacing, signal }: RunContext,
  all: readonly Spread[],
  act: (amount: number) => Promise<void>,
): Promise<number> {
  let done = 0;
  for (const { share, amount } of all) {
    await waitUntil(() => pacing.progress >= share || signal.aborted, Number.POSITIVE_INFINITY, 50);
    if (signal.aborted) break;
    await act(amount);
    done += 1;
  }
  return done;
}
