import { setTimeout as sleep } from "node:timers/promises";
import { waitUntil } from "../../server/process/wait-until.ts";
import type { RunContext } from "../run/run-context.ts";
import { randomOf } from "../run/seeds.ts";
import { doSpread, drawSpread } from "./spread.ts";

/** Longer than a statement that somebody waits for (8 s), and shorter. */
const FREEZE_MS = { min: 3_000, max: 12_000 };

/**
 * Stop the PostgreSQL of the run (its postmaster and all its children) for some seconds, `freezes` times. It goes on
 * whatever becomes of the run. Returns how many freezes there were.
 */
export async function freezeDatabase(context: RunContext, freezes: number): Promise<number> {
  const { consoles, signal } = context;
  const [owner] = consoles;
  if (!owner) throw new Error("no consoles");
  return doSpread(context, drawSpread(randomOf(context.seed, "freezes"), freezes, FREEZE_MS), async (ms) => {
    await waitUntil(() => signal.aborted || owner.freezePostgres(), Number.POSITIVE_INFINITY, 50);
    try {
      await sleep(ms, undefined, { signal }).catch(() => undefined);
    } finally {
      owner.thawPostgres();
    }
  });
}
