import type { OperationKind } from "@/lib/operations/types";
import type { ResetKind } from "@/lib/users/schemas";

/** What is asked for: an operation or a batch above a daily limit, or a reset of somebody's account. */
export type ApprovalKind = OperationKind | ResetKind;

/** What an operation is a part of: it gives a transfer back, or is one of the two halves of a merge. */
export type ApprovalPart = "reversal" | "merge";

/**
 * pending: nobody has decided. approved: what is left may be sent or carried out. refused. used: all of it has begun. expired: not decided
 * or not sent in time, or whoever approved it is no administrator any more.
 */
export const APPROVAL_STATES = ["pending", "approved", "used", "refused", "expired"] as const;
export type ApprovalState = (typeof APPROVAL_STATES)[number];

/** The longest reason for a request or a decision, in characters. */
export const MAX_REASON = 500;

/** How many requests of one user may wait at once. */
export const MAX_PENDING = 20;
