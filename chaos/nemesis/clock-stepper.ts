import type { RunContext } from "../run/run-context.ts";
import { randomOf } from "../run/seeds.ts";
import { doSpread, drawSpread } from "./spread.ts";

/** Far longer than the quiet period, and than the spread of five minutes by which keys' dates are trusted. */
const STEP_MS = { min: 2 * 60_000, max: 9 * 60_000 };

/** Set the wall clock of all consoles forward by minutes, `steps` times. Returns how many steps there were. */
export async function stepClock(context: RunContext, steps: number): Promise<number> {
  return doSpread(context, drawSpread(randomOf(context.seed, "clock steps"), steps, STEP_MS), async (ms) => {
    context.clock.step(ms);
  });
}
