import type { Random } from "../../sandbox/random.ts";
import { waitUntil } from "../../server/wait-until.ts";
import { type Act, outcomeOf, type Stage } from "./submit-harness.ts";

const AT_ONCE = 20;

/** One draft confirmed 20 times at once on all consoles, and once more afterwards. Returns what was wrong, or null. */
export async function confirmInParallel(stage: Stage, act: Act): Promise<string | null> {
  const { operationId } = await stage.draft(act);
  const before = stage.calls;
  const confirm = () => stage.confirm(act, operationId);
  const outcomes = (await Promise.all(Array.from({ length: AT_ONCE }, confirm))).map(outcomeOf);
  outcomes.push(outcomeOf(await confirm()));
  const calls = stage.calls - before;
  const strange = outcomes.find((outcome) => !["done", "sent", "intent"].includes(outcome));
  if (calls !== 1) return `${calls} calls for ${operationId}`;
  if (outcomes.at(-1) !== "done") return `asked again, ${operationId} is ${outcomes.at(-1)}`;
  return strange === undefined ? null : `one of the answers for ${operationId} was ${strange}`;
}

/** The connection dies at some moment after the form went out, and the browser sends it again by itself. */
export async function resendAfterBreak(stage: Stage, act: Act, random: Random): Promise<string | null> {
  const { operationId } = await stage.draft(act);
  const before = stage.calls;
  const share = random.next() < 0.3 ? random.next() : 1;
  await stage.sendAndBreak(act, operationId, { share, afterMs: random.int(0, 200) });
  let last = "";
  const isDone = async () => {
    last = outcomeOf(await stage.confirm(act, operationId));
    return last === "done";
  };
  const ended = await waitUntil(isDone, 10_000, 100);
  const calls = stage.calls - before;
  if (calls !== 1) return `${calls} calls for ${operationId}, cut after ${share}`;
  return ended ? null : `${operationId} is ${last}`;
}
