import type { History } from "./history/history.ts";

/** What happened in the run, one line per subject: how much work the kills and faults hit. */
export function summarizeHistory(history: History): string[] {
  const { operations, upstream, keys, batches, acknowledged, observations, processLogs } = history;
  const calls = upstream.journal.filter((row) => row.actor === "caller");
  const interrupted = operations.filter(({ reason }) => reason === "process_died");
  return [
    `upstream writes        ${tally(calls.map(({ kind }) => kind))}; with a fault ${calls.filter((row) => row.fault).length}`,
    `consumed by end users  ${upstream.journal.filter((row) => row.actor === "consumer").length} times`,
    `operations             ${tally(operations.map(({ state }) => state))}`,
    `interrupted by a kill  ${tally(interrupted.map(({ kind, sentAt }) => `${kind} ${sentAt === null ? "before" : "after"} sending`))}`,
    `states answered        ${tally(acknowledged.map(({ state }) => state))}`,
    `keys                   ${keys.length} recorded, ${keys.filter((key) => key.recovered).length} of them recovered, batches ${tally(batches.map(({ state }) => state))}`,
    `committed on arrival   ${tally(observations.map(({ journalled }) => journalled))}`,
    `uncaught errors        ${tally(processLogs.flatMap(({ uncaught }) => uncaught))}`,
  ];
}

/** How often each value occurs, most frequent first: "done 5, refused 2". */
export const tally = (values: readonly string[]): string =>
  [...Map.groupBy(values, (value) => value)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([value, all]) => `${value} ${all.length}`)
    .join(", ") || "none";
