import { type Kind, outcomeOf, type SubmitHarness } from "./submit-harness.ts";

const PARALLEL = 20;

/** Confirm one draft 20 times at once on all consoles, and once more afterwards. Returns what was wrong, or null. */
export async function confirmInParallel(harness: SubmitHarness, kind: Kind): Promise<string | null> {
  const { operationId } = await harness.draft(kind);
  const before = harness.calls;
  const confirm = () => harness.confirm(kind, operationId);
  const outcomes = (await Promise.all(Array.from({ length: PARALLEL }, confirm))).map(outcomeOf);
  outcomes.push(outcomeOf(await confirm()));
  const calls = harness.calls - before;
  const unexpected = outcomes.find((outcome) => !["done", "sent", "intent"].includes(outcome));
  if (calls !== 1) return `${calls} calls for ${operationId}`;
  if (outcomes.at(-1) !== "done") return `confirmed again, ${operationId} is ${outcomes.at(-1)}`;
  return unexpected === undefined ? null : `one of the answers for ${operationId} was ${unexpected}`;
}
