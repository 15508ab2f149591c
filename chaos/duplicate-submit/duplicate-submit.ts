import type { Crew } from "../run/run-context.ts";
import { randomOf } from "../run/seeds.ts";
import { confirmInParallel, resendAfterBreak } from "./parallel-confirmations.ts";
import { refusals } from "./refusals.ts";
import { type Act, Stage } from "./submit-harness.ts";

type Say = (line: string) => void;

/** So many of the rounds destroy a card instead of moving quota. */
const EVERY = 5;

/** Every way we know to confirm twice, each `rounds` times, and every way that must lead to no call at all. */
export async function doubleSubmit(crew: Crew, rounds: number, say: Say): Promise<{ passed: number; failed: number }> {
  const stage = new Stage(crew);
  const counts = { passed: 0, failed: 0 };
  const note = (name: string, examined: number, wrong: readonly string[]) => {
    counts[wrong.length === 0 ? "passed" : "failed"] += 1;
    say(`${wrong.length === 0 ? "ok  " : "FAIL"}  ${String(examined).padStart(6)}  ${name}`);
    for (const line of wrong.slice(0, 10)) say(`              ${line}`);
  };
  const actOf = (round: number): Act => (round % EVERY === EVERY - 1 ? "Destroy" : "Transfer");
  const repeat = async (name: string, once: (act: Act, round: number) => Promise<string | null>) => {
    const wrong: string[] = [];
    for (let round = 0; round < rounds; round++) {
      const complaint = await once(actOf(round), round);
      if (complaint) wrong.push(complaint);
    }
    note(`${name}: exactly one call, ${rounds - wrong.length} of ${rounds}`, rounds, wrong);
  };

  await repeat("20 parallel confirmations of one id", (act) => confirmInParallel(stage, act));
  await repeat("a connection that dies and the form sent again", (act, round) =>
    resendAfterBreak(stage, act, randomOf(crew.seed, "resend", round)),
  );
  for (const { name, expected, attempt } of refusals) {
    const before = stage.calls;
    const outcome = await attempt(stage);
    const calls = stage.calls - before;
    const right = outcome === expected && calls === 0;
    note(`confirmed with ${name}: 0 calls`, 1, right ? [] : [`${outcome} instead of ${expected}, ${calls} calls`]);
  }
  return counts;
}

/** Empty cards the rounds need. */
export const emptyCardsFor = (rounds: number): number => (rounds === 0 ? 0 : 2 * Math.ceil(rounds / EVERY) + 4);
