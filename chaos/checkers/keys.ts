import type { JournalRow } from "../../sandbox/store/journal.ts";
import { callsOf } from "../history/history.ts";
import type { Checker } from "./checker.ts";

export const keysRecorded: Checker = {
  name: "every key made upstream is recorded exactly once",
  check: (history) => {
    const { upstream, keys } = history;
    const made = upstream.keys.final.filter((key) => !upstream.keys.initial.has(key));
    const recorded = keys.filter(({ flag }) => flag !== "duplicate");
    const times = Map.groupBy(recorded, ({ plain }) => plain);
    const exists = new Set(made);
    const ending = (key: string | null) => (key === null ? "that can't be decrypted" : `…${key.slice(-4)}`);
    const calls = new Map(
      callsOf(history).flatMap((call) =>
        call.changes.flatMap((each) => (each.kind === "key" ? [[each.cardStr, call] as const] : [])),
      ),
    );
    const violations = made
      .filter((key) => !times.has(key))
      .map((key) => `key ${ending(key)} is lost, made by ${describeCall(calls.get(key))}`);
    for (const [key, rows] of times) {
      if (key === null || !exists.has(key)) violations.push(`key ${ending(key)} was never made`);
      else if (rows.length > 1) violations.push(`key ${ending(key)} is recorded ${rows.length} times`);
    }
    for (const { plain } of keys)
      if (plain === null || !exists.has(plain)) violations.push(`a copy of a key ${ending(plain)} that was never made`);
    return { examined: made.length, violations };
  },
};

/** When a call arrived and took effect, in our time, what it asked for, and the fault it met. */
function describeCall(call: JournalRow | undefined): string {
  if (!call) return "no call";
  const time = (ms: number | null | undefined) => (typeof ms === "number" ? new Date(ms).toISOString() : "-");
  const { at, effectAt, fault, params } = call;
  return `a call of ${time(at)}, in effect ${time(effectAt)}, fault ${fault ?? "none"}: ${JSON.stringify(params)}`;
}

export const keysFromCalls: Checker = {
  name: "every new key upstream comes from a call of the console",
  check: (history) => {
    const { initial, final } = history.upstream.keys;
    const byCalls = new Set(
      callsOf(history).flatMap((call) => call.changes.flatMap((each) => (each.kind === "key" ? [each.cardStr] : []))),
    );
    const made = final.filter((key) => !initial.has(key));
    const violations = made.filter((key) => !byCalls.has(key)).map((key) => `key …${key.slice(-4)} has no call`);
    return { examined: made.length, violations };
  },
};

/** Surplus keys are no part of the count; only a refused call may have made them. */
export const batchCounts: Checker = {
  name: "no batch exceeds its count, a finished batch has exactly its count",
  check: ({ batches, keys, operations }) => {
    const refused = new Set(operations.filter(({ reason }) => reason === "refusal_unproven").map(({ id }) => id));
    const violations = batches.flatMap(({ id, wanted, state }) => {
      const own = keys.filter(({ batchId }) => batchId === id);
      const has = own.filter(({ flag }) => flag !== "duplicate" && flag !== "surplus").length;
      if (has > wanted) return [`batch ${id} wanted ${wanted} and has ${has}`];
      const surplus = own.filter(({ flag, operationId }) => flag === "surplus" && !refused.has(operationId)).length;
      if (surplus > 0) return [`batch ${id} has ${surplus} surplus keys of calls that were not refused`];
      return state === "done" && has !== wanted ? [`batch ${id} is done with ${has} of ${wanted}`] : [];
    });
    return { examined: batches.length, violations };
  },
};
