import "server-only";
import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Ctx } from "@/lib/context";
import type { Role } from "@/lib/core/roles";
import { approval, type BatchSummary, operation, user } from "@/lib/db/schema";
import type { Measure } from "@/lib/limits";
import type { OperationKind } from "@/lib/operations/types";
import { RESET_KINDS } from "@/lib/users/schemas";
import { leftOf, stateAt } from "./approval-state";
import type { ApprovalKind, ApprovalPart, ApprovalState } from "./types";

/** Whose account is reset, with the role they have now. */
export type ApprovalAccount = { id: string; username: string; role: Role };

export type ApprovalView = {
  id: string;
  state: ApprovalState;
  kind: ApprovalKind;
  /** Of a reset: not what a limit counts. */
  measure: Measure | null;
  /** Calls, cards or keys in all; null for a reset. */
  asked: number | null;
  /** How many operations (a batch or a reset is one), and how many of them have not begun. */
  subjects: number;
  left: number;
  /** Whether all of it gives transfers back, or is a half of a merge. */
  part: ApprovalPart | null;
  batch: BatchSummary | null;
  account: ApprovalAccount | null;
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

const measured: Record<Measure, OperationKind> = {
  callsMoved: "transfer",
  cardsDestroyed: "destroy",
  keysMade: "generate",
};

/** Whose account it is about; to be joined by {@link isAccount}. */
export const account = alias(user, "account");
export const isAccount = and(
  inArray(approval.subjectKind, RESET_KINDS),
  eq(account.id, sql`${approval.subjectIds}[1]`),
);

/** Of no operations (a batch, a reset, drafts that are gone) it is null. */
const partOf: SQL<ApprovalPart | null> = sql<ApprovalPart | null>`(
  select case when bool_and(${operation.reverses} is not null) then 'reversal'
    when bool_and(${operation.merges} or ${operation.mergeOf} is not null) then 'merge' end
  from ${operation} where ${operation.id} = any(${approval.subjectIds}))`;

/** What is selected for a view. */
export const viewColumns = (now: Date) => ({
  row: approval,
  state: stateAt(now),
  left: leftOf,
  part: partOf,
  account: { id: account.id, username: account.username, role: account.role },
});

type Row = typeof approval.$inferSelect;
type Found = {
  row: Row;
  state: ApprovalState;
  left: number;
  part: ApprovalPart | null;
  account: ApprovalAccount | null;
};

/** What a limit counts is an operation or a batch; the others are resets. */
function kindOf({ measure, subjectKind }: Row): ApprovalKind {
  if (measure) return measured[measure];
  return subjectKind === "password_reset" ? "password_reset" : "second_factor_reset";
}

export const viewApproval = ({ actor }: Pick<Ctx, "actor">, { row, state, left, ...found }: Found): ApprovalView => ({
  id: row.id,
  state,
  kind: kindOf(row),
  measure: row.measure,
  asked: row.asked,
  subjects: row.subjectIds.length,
  left,
  part: found.part,
  batch: row.summary,
  account: found.account,
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
