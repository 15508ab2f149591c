import type { Random } from "../../sandbox/core/seeded-random.ts";
import { waitUntil } from "../../server/process/wait-until.ts";
import { type Kind, outcomeOf, type SubmitHarness } from "./submit-harness.ts";

/** Lose the connection while or after a form is sent, then send it again as a browser does. Returns what was wrong. */
export async function resendAfterDisconnect(
  harness: SubmitHarness,
  kind: Kind,
  random: Random,
): Promise<string | null> {
  const { operationId } = await harness.draft(kind);
  const before = harness.calls;
  const share = random.next() < 0.3 ? random.next() : 1;
  await harness.sendAndDisconnect(kind, operationId, { share, afterMs: random.int(0, 200) });
  let last = "";
  const isDone = async () => {
    last = outcomeOf(await harness.confirm(kind, operationId));
    return last === "done";
  };
  const done = await waitUntil(isDone, 10_000, 100);
  const calls = harness.calls - before;
  if (calls !== 1) return `${calls} calls for ${operationId}, disconnected after ${share} of the form`;
  return done ? null : `${operationId} is ${last}`;
}
