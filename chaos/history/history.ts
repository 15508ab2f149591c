import type { OperationKind, OperationParams, OperationState } from "../../lib/operations/types.ts";
import type { JournalRow } from "../../sandbox/store/journal.ts";

/** An operation in the console's database at the end of the run. Times in epoch ms. */
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

export type AuditEntry = { id: number; action: string; targetId: string | null };
/** `plain` is null if the cipher could not be decrypted. */
export type RecordedKey = {
  batchId: string;
  operationId: string;
  plain: string | null;
  flag: string | null;
  recovered: boolean;
};
export type Batch = { id: string; keyType: number; wanted: number; state: string };
export type Lock = { operationId: string; cardId: string; open: boolean };
export type MirroredCard = { id: string; balance: number | null; gone: boolean };

/** A state the console answered to a client that confirmed an operation. */
export type Acknowledgement = { operationId: string; state: OperationState };

/**
 * Whether an operation's journal row was committed when its call `seq` arrived upstream; unavailable when the database
 * could not be asked.
 */
export type Observation = { seq: number; journalled: "yes" | "no" | "unavailable" };

/** What one log of a console's processes holds: its lines, and the errors nothing handled. */
export type ProcessLog = { name: string; lines: number; uncaught: readonly string[] };

/** Everything that happened in a run, as plain data: what the upstream recorded and what the console recorded. */
export type History = {
  upstream: {
    /** Every write received, and what end users did. */
    journal: readonly JournalRow[];
    balances: { initial: ReadonlyMap<string, number>; final: ReadonlyMap<string, number> };
    keys: { initial: ReadonlySet<string>; final: readonly string[] };
    /** Calls that reached the redirect target, and redirects that were followed. */
    strayCalls: number;
  };
  operations: readonly Operation[];
  audit: readonly AuditEntry[];
  locks: readonly Lock[];
  keys: readonly RecordedKey[];
  batches: readonly Batch[];
  mirror: readonly MirroredCard[];
  acknowledged: readonly Acknowledgement[];
  observations: readonly Observation[];
  processLogs: readonly ProcessLog[];
};

/** Whether the console says that an operation took effect; null while it does not know. */
export function recordedEffect({ state, settledAs }: Pick<Operation, "state" | "settledAs">): boolean | null {
  if (state === "done" || state === "applied") return true;
  if (state === "settled") return settledAs === "applied";
  return state === "intent" || state === "sent" || state === "unknown" ? null : false;
}

/** The writes the consoles sent, without what end users did. */
export const callsOf = (history: { upstream: Pick<History["upstream"], "journal"> }): JournalRow[] =>
  history.upstream.journal.filter((row) => row.actor === "caller");
