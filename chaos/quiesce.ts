import { setTimeout as sleep } from "node:timers/promises";
import { QUIET_S } from "./cluster/cluster.ts";
import type { Crew } from "./run/run-context.ts";

/** After the last work: everything unknown must be found out within this. */
const DECIDED_MS = (QUIET_S + 60) * 1000;

const OPEN = `select
  (select count(*)::int from operation where state in ('intent', 'sent', 'unknown')) as operations,
  (select count(*)::int from batch where state in ('generating', 'paused')) as batches`;

/** Stop and start both consoles as a person would, and wait until they have found out everything. False: they have not. */
export async function findOutEverything(crew: Crew): Promise<boolean> {
  const { sandbox } = crew.upstreams;
  sandbox.crowd.stop();
  if (crew.signal.aborted) return false;
  while (sandbox.summary().pendingLate > 0) await sleep(50);
  for (const each of crew.consoles.toReversed()) await each.stop();
  for (const each of crew.consoles) await each.start();
  const end = Date.now() + DECIDED_MS;
  while (Date.now() < end && !crew.signal.aborted) {
    const [open] = (await crew.peek.rows<{ operations: number; batches: number }>(OPEN)) ?? [];
    if (open && open.operations === 0 && open.batches === 0) return untilMirrored(crew);
    await sleep(250);
  }
  return false;
}

/** Two whole syncs that began from now on: what is gone is then known to be. */
async function untilMirrored(crew: Crew): Promise<boolean> {
  const since = new Date();
  for (let tries = 0; tries < 300 && !crew.signal.aborted; tries++) {
    const text = `select count(*)::int as n from sync_run where state = 'done' and "full" and started_at > $1`;
    const [row] = (await crew.peek.rows<{ n: number }>(text, [since])) ?? [];
    if ((row?.n ?? 0) >= 2) return true;
    await sleep(200);
  }
  return false;
}
