import { setTimeout as delay } from "node:timers/promises";

/** Ask again every `everyMs` until the answer is true (→ true) or `limitMs` have passed (→ false). */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  limitMs: number,
  everyMs = 50,
): Promise<boolean> {
  const end = Date.now() + limitMs;
  for (;;) {
    if (await condition()) return true;
    if (Date.now() >= end) return false;
    await delay(everyMs);
  }
}
