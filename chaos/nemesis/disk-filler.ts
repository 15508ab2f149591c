import { setTimeout as sleep } from "node:timers/promises";
import { waitUntil } from "../../server/process/wait-until.ts";
import type { RunContext } from "../run/run-context.ts";
import { randomOf } from "../run/seeds.ts";
import { doSpread, drawSpread } from "./spread.ts";

/** First below what must stay free, when the console refuses new writes; then really full, when PostgreSQL can't write. */
const NEARLY_FULL_MS = { min: 1_000, max: 4_000 };
const LEAVE_MEBIBYTES = 24;
const FULL_MS = 3_000;

/** Fill the disk of the database for some seconds, `fills` times. Returns how many fills there were. */
export async function fillDisk(context: RunContext, fills: number): Promise<number> {
  const { consoles, disk, signal } = context;
  const [owner] = consoles;
  if (!owner) throw new Error("no consoles");
  return doSpread(context, drawSpread(randomOf(context.seed, "disk"), fills, NEARLY_FULL_MS), async (ms) => {
    if (!disk) return;
    await waitUntil(() => signal.aborted || owner.isUp, Number.POSITIVE_INFINITY, 50);
    try {
      await disk.fill(LEAVE_MEBIBYTES);
      await sleep(ms, undefined, { signal }).catch(() => undefined);
      owner.holdStarts();
      await disk.fill(0);
      await sleep(FULL_MS, undefined, { signal }).catch(() => undefined);
    } finally {
      disk.empty();
      owner.releaseStarts();
    }
  });
}
