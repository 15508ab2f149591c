import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../../sandbox/core/seeded-random.ts";
import type { Console } from "../cluster/console.ts";
import type { RunContext } from "../run/run-context.ts";

/** One of the consoles that are up; waits for one if none is. Undefined only when the run has been aborted. */
export async function pickConsole(context: RunContext, random: Random): Promise<Console | undefined> {
  // Drawn before looking, so that the later draws stay the same whichever consoles are up.
  const first = random.int(0, context.consoles.length - 1);
  while (!context.signal.aborted) {
    const inOrder = [...context.consoles.slice(first), ...context.consoles.slice(0, first)];
    const up = inOrder.find((each) => each.isUp);
    if (up) return up;
    await sleep(25);
  }
  return undefined;
}
