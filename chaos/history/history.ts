import type { OperationKind, OperationParams, OperationState } from "../../lib/operations/types.ts";
import type { JournalRow } from "../../sandbox/types.ts";
import type { Sight } from "./write-ahead-observer.ts";

/** An operation as the console's database has it at the end. Times in epoch ms. */
export type Operation = {
  id: string;
  kind: OperationKind;
  state: OperationState;
  params: OperationParams;
  createdAt: number;
  intentAt: number | null;
  sentAt: number | null;
  endedAt: number | null;
  finishedAt: number | null;
  reason: string | null;
  settledAs: "applied" | "not_applied" | null;
  batchId: string | null;
  /** Readings taken just before the call and kept as evidence. */
  baselines: number;
};

export type Audit = { id: number; action: string; targetId: string | null };
/** `plain` is null if the cipher did not open. */
export type RecordedKey = {
  batchId: string;
  operationId: string;
  plain: string | null;
  flag: string | null;
  recovered: boolean;
};
export type Batch = { id: string; keyType: number; wanted: number; state: string };
export type Lock = { operationId: string; cardId: string; open: boolean };
export type Mirrored = { id: string; balance: number | null; gone: boolean };

/** What the console told a person who confirmed an operation. */
export type Told = { operationId: string; state: OperationState };

/** Everything the checks look at, as plain data: both sides' accounts of the same run. */
export type Evidence = {
  upstream: {
    /** Every write received, and what end users did. */
    journal: readonly JournalRow[];
    balances: { first: ReadonlyMap<string, number>; last: ReadonlyMap<string, number> };
    /** Keys there were at first, and all there are now. */
    keys: { first: ReadonlySet<string>; last: readonly string[] };
    /** Calls at the trap host, and redirects that were followed. */
    strayCalls: number;
  };
  operations: readonly Operation[];
  audits: readonly Audit[];
  locks: readonly Lock[];
  keys: readonly RecordedKey[];
  batches: readonly Batch[];
  mirror: readonly Mirrored[];
  told: readonly Told[];
  sights: readonly Sight[];
};

/** `examined` says how much a check has looked at: one that examined nothing has proven nothing. */
export type Finding = { examined: number; violations: string[] };
export type Check = { name: string; run: (evidence: Evidence) => Finding };

/** Whether the console says that an operation happened; null while it does not know. */
export function saysHappened({ state, settledAs }: Pick<Operation, "state" | "settledAs">): boolean | null {
  if (state === "done" || state === "applied") return true;
  if (state === "settled") return settledAs === "applied";
  return state === "intent" || state === "sent" || state === "unknown" ? null : false;
}

export const callsOf = (evidence: { upstream: Pick<Evidence["upstream"], "journal"> }): JournalRow[] =>
  evidence.upstream.journal.filter((row) => row.actor === "caller");
