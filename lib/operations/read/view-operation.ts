import "server-only";
import type { OperationRow } from "../journal/transition-operation";
import { type Call, type OperationKind, type OperationState, RETRYABLE_STATES, type Reading } from "../operation";
import type { BatchSummary, Kind, OperationSummary } from "../operation-kind";

export type OperationView = OperationSummary & {
  id: string;
  kind: OperationKind;
  state: OperationState;
  actorName: string;
  requestId: string | null;
  createdAt: string;
  sentAt: string | null;
  endedAt: string | null;
  finishedAt: string | null;
  baseline: Reading | null;
  call: Call | null;
  reason: string | null;
  /** The words of whoever asked for it, and the number of the ticket. */
  note: string | null;
  reference: string | null;
  upstreamMessage: string | null;
  nextReconcileAt: string | null;
  needsManualResolution: string | null;
  settledAs: "applied" | "not_applied" | null;
  settledReason: string | null;
  retryOf: string | null;
  retryable: boolean;
  /** The transfer this one gives back. */
  reverses: string | null;
  /** It moved all there was, so that its source can be destroyed. */
  merges: boolean;
  /** The merging transfer that emptied the card this one destroys. */
  mergeOf: string | null;
  batchId: string | null;
};

/** An operation in a list. What the upstream answered, and what came of that, stands on the operation's own page. */
export type ListedOperation = OperationSummary &
  Pick<OperationView, "id" | "kind" | "state" | "actorName" | "createdAt"> & {
    /** How long the call took. */
    ms: number | null;
    /** The row stands for all the calls of its batch that were found. */
    batch: BatchSummary | null;
  };

const NOTHING: OperationSummary = { source: null, target: null, amount: null, keyType: null, count: null };

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

const inEveryView = (kind: Kind, row: OperationRow) => ({
  ...NOTHING,
  ...kind.summarize(row),
  id: row.id,
  kind: row.kind,
  state: row.state,
  actorName: row.actorName,
  createdAt: row.createdAt.toISOString(),
});

/** What a screen may know of an operation: explicit columns, cards masked, plain data. */
export function viewOperation(kind: Kind, row: OperationRow): OperationView {
  return {
    ...inEveryView(kind, row),
    requestId: row.requestId,
    sentAt: iso(row.sentAt),
    endedAt: iso(row.endedAt),
    finishedAt: iso(row.finishedAt),
    baseline: row.baseline,
    call: row.call,
    reason: row.reason,
    note: row.note,
    reference: row.reference,
    upstreamMessage: row.upstreamMessage,
    nextReconcileAt: iso(row.nextReconcileAt),
    needsManualResolution: row.needsManualResolution,
    settledAs: row.settledAs,
    settledReason: row.settledReason,
    retryOf: row.retryOf,
    retryable: kind.retryable && RETRYABLE_STATES.includes(row.state),
    reverses: row.reverses,
    merges: row.merges,
    mergeOf: row.mergeOf,
    batchId: row.batchId,
  };
}

/** The same of an operation in a list. */
export function viewListedOperation(kind: Kind, row: OperationRow, batch: BatchSummary | null): ListedOperation {
  return { ...inEveryView(kind, row), ms: row.call?.ms ?? null, batch };
}
