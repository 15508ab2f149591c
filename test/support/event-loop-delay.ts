import { performance } from "node:perf_hooks";

/** Milliseconds: by the clock, and by what this thread itself worked. */
export type Stop = { clock: number; own: number };

/**
 * The longest the event loop stood still during some work. `own` is what the code is to blame for: a machine busy with
 * other things does not lengthen it.
 */
export async function longestStop(work: () => Promise<unknown>): Promise<Stop> {
  const longest: Stop = { clock: 0, own: 0 };
  let last = now();
  const look = () => {
    const next = now();
    longest.clock = Math.max(longest.clock, next.clock - last.clock);
    longest.own = Math.max(longest.own, next.own - last.own);
    last = next;
  };
  const watch = setInterval(look, 1);
  await work();
  look();
  clearInterval(watch);
  return longest;
}

function now(): Stop {
  const { user, system } = process.threadCpuUsage();
  return { clock: performance.now(), own: (user + system) / 1000 };
}
