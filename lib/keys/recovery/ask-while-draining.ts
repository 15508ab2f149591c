import "server-only";
import { setTimeout as sleep } from "node:timers/promises";

/** How long to wait for calls in flight to end and be recorded, and how often to ask. */
const DRAIN_MS = 10_000;
const STEP_MS = 50;

/** When a wait that begins now ends, in ms of Date.now(). */
export const drainDeadline = (): number => Date.now() + DRAIN_MS;

/** Ask again and again until the answer is neither null nor false, or the wait is over. Returns the last answer. */
export async function askWhileDraining<T>(ask: () => Promise<T>, until: number = drainDeadline()): Promise<T> {
  for (;;) {
    const answer = await ask();
    if ((answer !== null && answer !== false) || Date.now() >= until) return answer;
    await sleep(STEP_MS);
  }
}
