import { performance } from "node:perf_hooks";

/** Milliseconds: by the clock, and by what this thread itself worked. */
export type EventLoopDelay = { clock: number; own: number };

/**
 * The longest the event loop was held up during some work. `own` is what the code is to blame for: a machine busy with
 * other things does not lengthen it.
 */
export async function longestDelay(work: () => Promise<unknown>): Promise<EventLoopDelay> {
  const longest: EventLoopDelay = { clock: 0, own: 0 };
  let last = now();
  const sample = () => {
    const next = now();
    longest.clock = Math.max(longest.clock, next.clock - last.clock);
    longest.own = Math.max(longest.own, next.own - last.own);
    last = next;
  };
  const timer = setInterval(sample, 1);
  await work();
  sample();
  clearInterval(timer);
  return longest;
}

function now(): EventLoopDelay {
  const { user, system } = process.threadCpuUsage();
  return { clock: performance.now(), own: (user + system) / 1000 };
}
