import "server-only";
import { type CardSide, cardSide } from "../card-side";
import type { OperationRow } from "../journal/transition-operation";
import { type Call, type OperationKind, type OperationState, RETRYABLE_STATES, type Reading } from "../types";

export type OperationView = {
  id: string;
  kind: OperationKind;
  state: OperationState;
  actorName: string;
  requestId: string | null;
  source: CardSide | null;
  target: CardSide | null;
  amount: number | null;
  keyType: number | null;
  count: number | null;
  createdAt: string;
  sentAt: string | null;
  endedAt: string | null;
  finishedAt: string | null;
  baseline: Reading | null;
  call: Call | null;
  reason: string | null;
  upstreamMessage: string | null;
  nextReconcileAt: string | null;
  needsManualResolution: string | null;
  settledAs: "applied" | "not_applied" | null;
  settledReason: string | null;
  retryOf: string | null;
  retryable: boolean;
  batchId: string | null;
};

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** What a screen may know of an operation: explicit columns, cards masked, plain data. */
export function viewOperation(row: OperationRow): OperationView {
  const { params } = row;
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    actorName: row.actorName,
    requestId: row.requestId,
    source:
      params.kind === "transfer" ? cardSide(params.source) : params.kind === "destroy" ? cardSide(params.card) : null,
    target: params.kind === "transfer" ? cardSide(params.target) : null,
    amount: params.kind === "transfer" ? params.amount : null,
    keyType: params.kind === "generate" ? params.keyType : null,
    count: params.kind === "generate" ? params.count : null,
    createdAt: row.createdAt.toISOString(),
    sentAt: iso(row.sentAt),
    endedAt: iso(row.endedAt),
    finishedAt: iso(row.finishedAt),
    baseline: row.baseline,
    call: row.call,
    reason: row.reason,
    upstreamMessage: row.upstreamMessage,
    nextReconcileAt: iso(row.nextReconcileAt),
    needsManualResolution: row.needsManualResolution,
    settledAs: row.settledAs,
    settledReason: row.settledReason,
    retryOf: row.retryOf,
    retryable: RETRYABLE_STATES.includes(row.state) && row.kind !== "generate",
    batchId: row.batchId,
  };
}
