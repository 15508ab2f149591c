import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../../sandbox/random.ts";
import { waitUntil } from "../../server/wait-until.ts";
import type { Victim } from "../cluster/console.ts";
import type { Moment } from "../run/pacing.ts";
import type { Crew } from "../run/run-context.ts";
import { randomOf } from "../run/seeds.ts";

export type Kill = { victim: Victim; console: string };

/** With nothing worth killing for so long, kill all the same. */
const IDLE_MS = 3_000;

/** Kill processes one after the other, each at a random instant while work is under way, until all kills are done. */
export async function killAll(crew: Crew, say: (line: string) => void): Promise<Kill[]> {
  const { pace, signal } = crew;
  const random = randomOf(crew.seed, "kills");
  const kills: Kill[] = [];
  while (pace.killed < pace.kills && !signal.aborted) {
    const { victim, target, duringStart, moment, delayMs } = nextKill(random, crew);
    if (!duringStart) await waitUntil(() => target.isUp || signal.aborted, 60_000, 20);
    await pace.untilWorthKilling(moment, IDLE_MS);
    await sleep(delayMs);
    if (!target.kill(victim)) {
      await sleep(50);
      continue;
    }
    pace.killed += 1;
    kills.push({ victim, console: target.name });
    if (pace.killed % 25 === 0) say(`${pace.killed} of ${pace.kills} kills`);
  }
  return kills;
}

/** Mostly the process that serves; the database and the launchers now and then, as they take everything down with them. */
function nextKill(random: Random, { consoles, pace }: Crew) {
  const dice = random.next();
  const victim: Victim = dice < 0.76 ? "web" : dice < 0.92 ? "postgres" : "launcher";
  const [owner] = consoles;
  const any = consoles[random.int(0, consoles.length - 1)];
  const target = victim === "postgres" ? owner : any;
  if (!target) throw new Error("no consoles");
  const moment: Moment = pace.totals.batches === 0 && random.next() < 0.4 ? "confirmed" : "arrived";
  // A call takes some tens of ms in each of its phases; a few kills come much later, into whatever is then.
  const delayMs = random.next() < 0.85 ? random.int(0, 250) : random.int(0, 1500);
  return { victim, target, duringStart: random.next() < 0.15, moment, delayMs };
}
