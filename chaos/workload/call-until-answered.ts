import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../../sandbox/core/seeded-random.ts";
import type { ActionResult, Client } from "../client/client.ts";
import type { RunContext } from "../run/run-context.ts";
import { pickConsole } from "./pick-console.ts";

/**
 * Call an action until there is an answer; null when the run has been aborted. Only for actions that may run any number
 * of times, such as previews and resumes.
 */
export async function callUntilAnswered(
  context: RunContext,
  random: Random,
  client: Client,
  action: string,
  input: unknown,
): Promise<Exclude<ActionResult, { kind: "indeterminate" }> | null> {
  while (!context.signal.aborted) {
    const console = await pickConsole(context, random);
    if (!console) return null;
    const result = await client.call(console.url, action, input);
    if (result.kind !== "indeterminate") return result;
    await sleep(50);
  }
  return null;
}
