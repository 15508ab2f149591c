import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../../sandbox/core/seeded-random.ts";
import { waitUntil } from "../../server/process/wait-until.ts";
import type { KillTarget } from "../cluster/console.ts";
import type { Moment } from "../run/pacing.ts";
import type { RunContext } from "../run/run-context.ts";
import { randomOf } from "../run/seeds.ts";

/** What was killed, and of which console or node. */
export type Kill = { target: string; console: string };

/** If no moment worth a kill comes within this time, kill anyway. */
const IDLE_MS = 3_000;

/** Kill processes one after the other, each at a random instant while work is in flight, until all kills are done. */
export async function killProcesses(context: RunContext, log: (line: string) => void): Promise<Kill[]> {
  const { pacing, signal } = context;
  const random = randomOf(context.seed, "kills");
  const kills: Kill[] = [];
  while (pacing.killed < pacing.kills && !signal.aborted) {
    const { target, console, duringStart, moment, delayMs } = nextKill(random, context);
    if (!duringStart) await waitUntil(() => console.isUp || signal.aborted, 60_000, 20);
    await pacing.untilKillMoment(moment, IDLE_MS);
    await sleep(delayMs);
    // The web process may well be killed while the database is frozen; but a frozen PostgreSQL can't be taken down.
    if (target !== "web") await waitUntil(() => !console.isPostgresFrozen || signal.aborted, 60_000, 20);
    if (!console.kill(target)) {
      await sleep(50);
      continue;
    }
    pacing.killed += 1;
    kills.push({ target, console: console.name });
    if (pacing.killed % 25 === 0) log(`${pacing.killed} of ${pacing.kills} kills`);
  }
  return kills;
}

/** Mostly the web process; less often the database or a launcher, which take everything else down with them. */
function nextKill(random: Random, { consoles, pacing }: RunContext) {
  const dice = random.next();
  const target: KillTarget = dice < 0.76 ? "web" : dice < 0.92 ? "postgres" : "launcher";
  const [databaseOwner] = consoles;
  const any = consoles[random.int(0, consoles.length - 1)];
  const console = target === "postgres" ? databaseOwner : any;
  if (!console) throw new Error("no consoles");
  const moment: Moment = pacing.totals.batches === 0 && random.next() < 0.4 ? "confirmed" : "arrived";
  // Each phase of a call takes some tens of ms; a few kills come much later, whatever is running then.
  const delayMs = random.next() < 0.85 ? random.int(0, 250) : random.int(0, 1500);
  return { target, console, duringStart: random.next() < 0.15, moment, delayMs };
}
