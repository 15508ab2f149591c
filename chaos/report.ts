import type { Check, Evidence } from "./history/history.ts";

const MOST_SHOWN = 10;

/** Run every check and print a table of them; returns how many passed and failed. */
export function reportChecks(
  checks: readonly Check[],
  evidence: Evidence,
  print: (line: string) => void,
): { passed: number; failed: number } {
  let failed = 0;
  for (const { name, run } of checks) {
    const { examined, violations } = run(evidence);
    if (violations.length > 0) failed += 1;
    print(`${violations.length === 0 ? "ok  " : "FAIL"}  ${String(examined).padStart(6)}  ${name}`);
    for (const violation of violations.slice(0, MOST_SHOWN)) print(`              ${violation}`);
    if (violations.length > MOST_SHOWN) print(`              … and ${violations.length - MOST_SHOWN} more`);
  }
  return { passed: checks.length - failed, failed };
}

/** What happened in the run, so that a check that passed can be weighed: how much did the kills hit? */
export function summarizeRun({ operations, upstream, keys, batches, told, sights }: Evidence): string[] {
  const tally = (values: readonly string[]): string =>
    [...Map.groupBy(values, (value) => value)]
      .toSorted(([, a], [, b]) => b.length - a.length)
      .map(([value, all]) => `${value} ${all.length}`)
      .join(", ") || "none";
  const calls = upstream.journal.filter((row) => row.actor === "caller");
  const died = operations.filter(({ reason }) => reason === "process_died");
  return [
    `upstream writes   ${tally(calls.map(({ kind }) => kind))}; with a fault ${calls.filter((row) => row.fault).length}`,
    `consumed          ${upstream.journal.filter((row) => row.actor === "consumer").length} times by end users`,
    `operations        ${tally(operations.map(({ state }) => state))}`,
    `hit by a kill     ${tally(died.map(({ kind, sentAt }) => `${kind} ${sentAt === null ? "before" : "after"} sending`))}`,
    `answers to people ${tally(told.map(({ state }) => state))}`,
    `keys              ${keys.length} recorded, ${keys.filter((key) => key.recovered).length} found by listing, batches ${tally(batches.map(({ state }) => state))}`,
    `seen committed    ${tally(sights.map(({ journalled }) => journalled))}`,
  ];
}
