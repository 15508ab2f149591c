import type { ChainFault, ChainReport } from "../../lib/audit-chain/index.ts";

/** What a check of the audit came to, in a sentence or two; the first fault by its number, time and author. */
export function describeReport(report: ChainReport): string {
  const { fault, checked, provenFrom, waiting, heads } = report;
  if (fault) return `The audit was tampered with, or can't be checked: ${describeFault(fault)}`;
  const lines = [`The audit is as it was written: ${checked} records, none changed, removed or added.`];
  if (provenFrom && provenFrom.seq > 1)
    lines.push(`Records before number ${provenFrom.seq} (${provenFrom.at}) are as they were when the chain began.`);
  if (waiting > 0) lines.push(`${waiting} more are of the last moments and have no number yet.`);
  lines.push(
    heads === null
      ? "There is no audit-head.jsonl in the data folder: it can't be told whether the last records were cut off."
      : `It agrees with ${heads === 1 ? "the one head" : `${heads} heads`} noted outside the database.`,
  );
  return lines.join("\n");
}

function describeFault(fault: ChainFault): string {
  const { seq, auditId } = fault;
  const record = fault.at ? ` (record ${auditId}: ${fault.action} by ${fault.actorName}, ${fault.at})` : "";
  switch (fault.kind) {
    case "changed":
      return `number ${seq} was changed${record}.`;
    case "removed":
      return `number ${seq} was removed${fault.at ? `; what stands in its place is genuine${record}` : ""}.`;
    case "added":
      return seq === null
        ? `a record was added, or changed before it got its number${record}.`
        : `number ${seq} was added${record}.`;
    case "swapped":
      return `numbers ${seq} and ${fault.otherSeq} were swapped${record}.`;
    case "rebuilt":
      return `the chain was rebuilt: number ${seq} is not the one that was noted${record}.`;
    case "truncated":
      return "it is empty, and was not.";
    case "cut":
      return `its end was cut off: number ${seq} and what came after it are gone.`;
    case "key_missing":
      return `number ${seq} is under a key that is not among APP_KEYS${record}.`;
    case "no_keys":
      return "APP_KEYS is not set.";
  }
}
