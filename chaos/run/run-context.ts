import { setTimeout as sleep } from "node:timers/promises";
import type { OperationState } from "../../lib/operations/types.ts";
import { fields } from "../../sandbox/lab.ts";
import type { Random } from "../../sandbox/random.ts";
import type { Answer, Visitor } from "../client/client.ts";
import type { Console } from "../cluster/console.ts";
import type { Peek } from "../cluster/db-reader.ts";
import type { Upstreams } from "../cluster/upstreams.ts";
import type { Told } from "../history/history.ts";
import type { Pace } from "./pacing.ts";

/** What everybody in a run works with. */
export type Crew = {
  seed: number;
  consoles: readonly Console[];
  operator: Visitor;
  admin: Visitor;
  upstreams: Upstreams;
  pace: Pace;
  peek: Peek;
  told: Told[];
  signal: AbortSignal;
};

/** One of the consoles that are up, waiting for one if need be. Undefined only when the run is given up. */
export async function someConsole(crew: Crew, random: Random): Promise<Console | undefined> {
  // Drawn before looking, so that the decisions stay the same whoever happens to be up.
  const first = random.int(0, crew.consoles.length - 1);
  while (!crew.signal.aborted) {
    const inOrder = [...crew.consoles.slice(first), ...crew.consoles.slice(0, first)];
    const up = inOrder.find((each) => each.isUp);
    if (up) return up;
    await sleep(25);
  }
  return undefined;
}

/** Ask until there is an answer. Only for what may be asked any number of times: previews, resumes. */
export async function askUntilAnswered(
  crew: Crew,
  random: Random,
  visitor: Visitor,
  action: string,
  input: unknown,
): Promise<Exclude<Answer, { kind: "broken" }> | null> {
  while (!crew.signal.aborted) {
    const target = await someConsole(crew, random);
    if (!target) return null;
    const answer = await visitor.act(target.url, action, input);
    if (answer.kind !== "broken") return answer;
    await sleep(50);
  }
  return null;
}

/**
 * Confirm as impatient people and browsers do: sometimes twice at once on both consoles, mostly again when the
 * connection broke. Every definite word about an operation is kept, to be compared with what is true in the end.
 */
export async function confirmImpatiently(
  crew: Crew,
  random: Random,
  action: string,
  input: unknown,
): Promise<{ operationId: string; state: OperationState }[]> {
  const copies = random.next() < 0.25 ? random.int(2, 3) : 1;
  const send = async (): Promise<Told[]> => {
    for (let tries = 1; !crew.signal.aborted; tries++) {
      const target = await someConsole(crew, random);
      if (!target) return [];
      crew.pace.note("confirmed");
      const answer = await crew.operator.act(target.url, action, input);
      if (answer.kind !== "broken") return statesIn(answer);
      if (tries === 4 || random.next() < 0.2) return [];
    }
    return [];
  };
  const told = (await Promise.all(Array.from({ length: copies }, send))).flat();
  crew.told.push(...told);
  return told;
}

/** The operations an answer shows: one, or a list of rows with one each. */
function statesIn(answer: Answer): Told[] {
  if (answer.kind !== "ok") return [];
  const rows: unknown[] = Array.isArray(answer.data) ? answer.data.map((row) => fields(row).operation) : [answer.data];
  return rows.flatMap((row) => {
    const { id, state } = fields(row);
    return typeof id === "string" ? [{ operationId: id, state: state as OperationState }] : [];
  });
}
