import { setTimeout as sleep } from "node:timers/promises";
import type { Console } from "../../../chaos/cluster/console.ts";
import type { Kill } from "../../../chaos/nemesis/process-killer.ts";
import type { RunContext } from "../../../chaos/run/run-context.ts";
import { randomOf } from "../../../chaos/run/seeds.ts";
import { waitUntil } from "../../../server/process/wait-until.ts";
import type { PatroniCluster } from "./patroni-cluster.ts";
import { KILLS, type NodeKill, type PatroniNode } from "./patroni-node.ts";

/** One fail-over; times in ms. */
export type FailOver = {
  node: string;
  what: NodeKill;
  /** From the kill to the new primary. */
  promoted: number;
  /** From the new primary to all consoles answering and storing again. */
  back: number;
  /** From the kill to all three nodes being in order again. */
  rejoined: number;
};

export const BACK_WITHIN_MS = 30_000;
const PROMOTED_WITHIN_MS = 120_000;
const REJOINED_WITHIN_MS = 180_000;

/**
 * Kill the primary's PostgreSQL, its Patroni, or both, in turn, while work is in flight, each time until another was
 * promoted, the consoles are back and the killed node has rejoined. Throws when one of them takes too long, or a console's
 * process is another one than before.
 */
export async function killPrimaries(
  cluster: PatroniCluster,
  context: RunContext,
  log: (line: string) => void,
): Promise<{ kills: Kill[]; failOvers: FailOver[] }> {
  const { pacing, signal, consoles } = context;
  const random = randomOf(context.seed, "primaries");
  const pids = consoles.map((each) => each.webPid);
  const failOvers: FailOver[] = [];
  while (pacing.killed < pacing.kills && !signal.aborted) {
    await pacing.untilKillMoment("arrived", 3_000);
    await sleep(random.int(0, 250));
    const old = await cluster.primary();
    const what = KILLS[failOvers.length % KILLS.length] ?? "both";
    if (!old) throw new Error("no primary to kill");
    const killedAt = performance.now();
    old.kill(what);
    pacing.killed += 1;
    const promoted = await untilPromoted(cluster, old, killedAt);
    const back = await untilBack(context, killedAt + promoted);
    old.start();
    const whole = await waitUntil(() => cluster.isWhole({ synchronous: true }), REJOINED_WITHIN_MS, 250);
    if (!whole) throw new Error(`${old.name} has not rejoined (${what} killed)`);
    const failOver = { node: old.name, what, promoted, back, rejoined: performance.now() - killedAt };
    failOvers.push(failOver);
    log(lineOf(failOver, failOvers.length));
    if (consoles.some((each, i) => each.webPid !== pids[i])) throw new Error("a console's process has been restarted");
  }
  return { kills: failOvers.map(({ node, what }) => ({ target: what, console: node })), failOvers };
}

const lineOf = ({ node, what, promoted, back, rejoined }: FailOver, number: number): string =>
  `  ${number}: ${what} of ${node} killed; promoted after ${seconds(promoted)}, consoles back ${seconds(back)} later, rejoined after ${seconds(rejoined)}`;

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

async function untilPromoted(cluster: PatroniCluster, old: PatroniNode, killedAt: number): Promise<number> {
  const isOther = async () => {
    const primary = await cluster.primary();
    return primary !== undefined && primary !== old;
  };
  if (await waitUntil(isOther, PROMOTED_WITHIN_MS, 100)) return performance.now() - killedAt;
  throw new Error(`nobody was promoted in place of ${old.name}`);
}

/** A console is back when its health says so and it stores what a preview drafts. */
async function untilBack(context: RunContext, promotedAt: number): Promise<number> {
  const isBack = await Promise.all(
    context.consoles.map((console) => waitUntil(() => stores(console, context), BACK_WITHIN_MS, 100)),
  );
  const took = performance.now() - promotedAt;
  if (isBack.includes(false)) throw new Error(`a console is not back ${seconds(took)} after the new primary`);
  return took;
}

async function stores(console: Console, { operator, upstreams, signal }: RunContext): Promise<boolean> {
  if (signal.aborted) return true;
  try {
    const health = await fetch(`${console.url}/api/health`, { signal: AbortSignal.timeout(5_000) });
    if (!health.ok) return false;
  } catch {
    return false;
  }
  const [sourceId, targetId] = pickTwo(upstreams.transferable);
  const input = { sourceId, targetId, amount: 1 };
  return (await operator.call(console.url, "operations.previewTransferAction", input)).kind === "ok";
}

/** Any two: this only asks, and is no part of what the seed decides. */
function pickTwo(ids: readonly string[]): [string, string] {
  const at = Math.floor(Math.random() * ids.length);
  return [ids[at] ?? "", ids[(at + 1) % ids.length] ?? ""];
}
