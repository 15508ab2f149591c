import { type Counts, type Log, reportCheck, sumCounts } from "../run/report-check.ts";
import type { RunContext } from "../run/run-context.ts";
import { randomOf } from "../run/seeds.ts";
import { confirmInParallel } from "./parallel-confirmations.ts";
import { refusals } from "./refusals.ts";
import { resendAfterDisconnect } from "./resend-after-disconnect.ts";
import { type Kind, SubmitHarness } from "./submit-harness.ts";

/** Every fifth round destroys a card instead of transferring quota. */
const DESTROY_EVERY = 5;

/** Every known way to confirm twice, each `rounds` times, and every way that must lead to no call at all. */
export async function runDuplicateSubmits(context: RunContext, rounds: number, log: Log): Promise<Counts> {
  const harness = new SubmitHarness(context);
  const counts: Counts[] = [];
  const kindOf = (round: number): Kind => (round % DESTROY_EVERY === DESTROY_EVERY - 1 ? "Destroy" : "Transfer");
  const repeat = async (name: string, once: (kind: Kind, round: number) => Promise<string | null>) => {
    const violations: string[] = [];
    for (let round = 0; round < rounds; round++) {
      const violation = await once(kindOf(round), round);
      if (violation) violations.push(violation);
    }
    const right = rounds - violations.length;
    counts.push(reportCheck(log, `${name}: exactly one call, ${right} of ${rounds}`, rounds, violations));
  };

  await repeat("20 parallel confirmations of one id", (kind) => confirmInParallel(harness, kind));
  await repeat("a form sent again after a lost connection", (kind, round) =>
    resendAfterDisconnect(harness, kind, randomOf(context.seed, "resend", round)),
  );
  for (const { name, expected, attempt } of refusals) {
    const before = harness.calls;
    const outcome = await attempt(harness);
    const calls = harness.calls - before;
    const violations = outcome === expected && calls === 0 ? [] : [`${outcome} instead of ${expected}, ${calls} calls`];
    counts.push(reportCheck(log, `confirmed with ${name}: 0 calls`, 1, violations));
  }
  return sumCounts(counts);
}

/** How many empty cards the rounds use. */
export const emptyCardsFor = (rounds: number): number => (rounds === 0 ? 0 : 2 * Math.ceil(rounds / DESTROY_EVERY) + 4);
