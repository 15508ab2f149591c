import { setTimeout as sleep } from "node:timers/promises";
import { QUIET_PERIOD_S } from "./cluster/cluster.ts";
import type { RunContext } from "./run/run-context.ts";

/** After the last work, every unknown outcome must be resolved within this time. */
const RESOLVED_WITHIN_MS = (QUIET_PERIOD_S + 60) * 1000;

const OPEN = `select
  (select count(*)::int from operation where state in ('intent', 'sent', 'unknown')) as operations,
  (select count(*)::int from batch where state in ('generating', 'paused')) as batches`;

/** Restart all consoles in the normal way and wait until every outcome is resolved. False if it is not in time. */
export async function quiesce(context: RunContext): Promise<boolean> {
  const { sandbox } = context.upstreams;
  sandbox.activity.stop();
  if (context.signal.aborted) return false;
  while (sandbox.summary().pendingLate > 0) await sleep(50);
  for (const each of context.consoles.toReversed()) await each.stop();
  for (const each of context.consoles) await each.start();
  const end = Date.now() + RESOLVED_WITHIN_MS;
  while (Date.now() < end && !context.signal.aborted) {
    const [open] = (await context.db.rows<{ operations: number; batches: number }>(OPEN)) ?? [];
    if (open && open.operations === 0 && open.batches === 0) return untilMirrored(context);
    await sleep(250);
  }
  return false;
}

/** Wait for two full syncs that started after now: only then are missing cards marked as gone. */
async function untilMirrored(context: RunContext): Promise<boolean> {
  const since = new Date(Date.now() + context.clock.aheadMs);
  for (let tries = 0; tries < 300 && !context.signal.aborted; tries++) {
    const text = `select count(*)::int as n from sync_run where state = 'done' and "full" and started_at > $1`;
    const [row] = (await context.db.rows<{ n: number }>(text, [since])) ?? [];
    if ((row?.n ?? 0) >= 2) return true;
    await sleep(200);
  }
  return false;
}
