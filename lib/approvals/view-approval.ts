import "server-only";
import type { Ctx } from "@/lib/context";
import { approval, type BatchSummary } from "@/lib/db/schema";
import type { Measure } from "@/lib/limits";
import type { OperationKind } from "@/lib/operations/types";
import { leftOf, stateAt } from "./approval-state";
import type { ApprovalState } from "./types";

export type ApprovalView = {
  id: string;
  state: ApprovalState;
  kind: OperationKind;
  measure: Measure;
  /** Calls, cards or keys in all. */
  asked: number;
  /** How many operations (a batch is one), and how many of them have not begun. */
  subjects: number;
  left: number;
  batch: BatchSummary | null;
  reason: string;
  reference: string | null;
  requestedByName: string;
  /** Whether the reader asked for it. */
  own: boolean;
  requestedAt: string;
  expiresAt: string;
  decidedByName: string | null;
  decidedAt: string | null;
  decisionReason: string | null;
};

const kindOf: Record<Measure, OperationKind> = {
  callsMoved: "transfer",
  cardsDestroyed: "destroy",
  keysMade: "generate",
};

/** What is selected for a view. */
export const viewColumns = (now: Date) => ({ row: approval, state: stateAt(now), left: leftOf });

type Found = { row: typeof approval.$inferSelect; state: ApprovalState; left: number };

export const viewApproval = ({ actor }: Pick<Ctx, "actor">, { row, state, left }: Found): ApprovalView => ({
  id: row.id,
  state,
  kind: kindOf[row.measure],
  measure: row.measure,
  asked: row.asked,
  subjects: row.subjectIds.length,
  left,
  batch: row.summary,
  reason: row.reason,
  reference: row.reference,
  requestedByName: row.requestedByName,
  own: row.requestedBy === actor.id,
  requestedAt: row.requestedAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  decidedByName: row.decidedByName,
  decidedAt: row.decidedAt?.toISOString() ?? null,
  decisionReason: row.decisionReason,
});
