import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../../../sandbox/core/seeded-random.ts";
import { seededRandom } from "../../../sandbox/core/seeded-random.ts";
import type { FaultRuleInput } from "../../../sandbox/faults/fault-rule.ts";
import type { Sandbox } from "../../../sandbox/start-sandbox.ts";

const PERIOD_MS = 60_000;
const WELL = { espai: 60, potato: 200, talkbot: 60 };
const SLOW = { espai: 1_500, potato: 2_500, talkbot: 1_000 };

/** Every minute other faults until the signal, then none: answers that get lost, servers' errors, slowness, and minutes without any. */
export async function spoilUpstreams(sandbox: Sandbox, seed: number, signal: AbortSignal): Promise<number> {
  const random = seededRandom(seed);
  let periods = 0;
  while (!signal.aborted) {
    const rules = drawFaults(random);
    const slow = random.next() < 0.2;
    Object.assign(sandbox.context.state.options.latencyMs, slow ? SLOW : WELL);
    await sandbox.addFaults(rules, { replace: true });
    if (rules.length > 0 || slow) periods += 1;
    await sleep(PERIOD_MS, undefined, { signal }).catch(() => undefined);
  }
  Object.assign(sandbox.context.state.options.latencyMs, WELL);
  await sandbox.clearFaults();
  return periods;
}

function drawFaults(random: Random): FaultRuleInput[] {
  if (random.next() < 0.3) return [];
  const kind = random.pick(["transfer", "generate"] as const);
  const effect = random.pick(["before", "never"] as const);
  const write = random.pick(["reset", "cut-with-length", "html-500", "json-500", "html-502", "hang"] as const);
  const rules: FaultRuleInput[] = [
    { fault: write, effect, match: { kind, probability: 0.4, seed: random.int(1, 1e6) }, with: hangFor(write) },
  ];
  if (random.next() < 0.5) {
    const read = random.pick(["reset", "html-502", "json-500", "drip"] as const);
    const of = random.pick(["list", "keys"] as const);
    rules.push({
      fault: read,
      match: { kind: of, probability: 0.1, seed: random.int(1, 1e6) },
      with: dripSlowly(read),
    });
  }
  return rules;
}

const hangFor = (fault: string) => (fault === "hang" ? { ms: 40_000 } : {});
const dripSlowly = (fault: string) => (fault === "drip" ? { ms: 5 } : {});
