import type { OperationState } from "../../lib/operations/types.ts";
import { fields } from "../../sandbox/core/fields.ts";
import type { Random } from "../../sandbox/core/seeded-random.ts";
import type { ActionResult } from "../client/client.ts";
import type { Acknowledgement } from "../history/history.ts";
import type { RunContext } from "../run/run-context.ts";
import { pickConsole } from "./pick-console.ts";

/**
 * Confirm as impatient users and browsers do: sometimes two or three times at once on both consoles, and mostly again
 * when the connection was lost. Keeps every state the console answered, to be compared with the final one.
 */
export async function confirmRepeatedly(
  context: RunContext,
  random: Random,
  action: string,
  input: unknown,
): Promise<Acknowledgement[]> {
  const copies = random.next() < 0.25 ? random.int(2, 3) : 1;
  const send = async (): Promise<Acknowledgement[]> => {
    for (let attempt = 1; !context.signal.aborted; attempt++) {
      const console = await pickConsole(context, random);
      if (!console) return [];
      context.pacing.announce("confirmed");
      const result = await context.operator.call(console.url, action, input);
      if (result.kind !== "indeterminate") return acknowledgementsIn(result);
      if (attempt === 4 || random.next() < 0.2) return [];
    }
    return [];
  };
  const acknowledged = (await Promise.all(Array.from({ length: copies }, send))).flat();
  context.acknowledged.push(...acknowledged);
  return acknowledged;
}

/** The operations a result shows: one, or a list of rows with one each. */
function acknowledgementsIn(result: ActionResult): Acknowledgement[] {
  if (result.kind !== "ok") return [];
  const rows: unknown[] = Array.isArray(result.data) ? result.data.map((row) => fields(row).operation) : [result.data];
  return rows.flatMap((row) => {
    const { id, state } = fields(row);
    return typeof id === "string" ? [{ operationId: id, state: state as OperationState }] : [];
  });
}
