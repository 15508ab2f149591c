import type { OperationState } from "../db/schema/operation-types.ts";

export {
  type Call,
  type CardSnapshot,
  type DestroyParams,
  type GenerateParams,
  OPERATION_KINDS,
  OPERATION_STATES,
  type OperationKind,
  type OperationParams,
  type OperationState,
  type Reading,
  type StoredCard,
  type StoredParams,
  type TransferParams,
} from "../db/schema/operation-types.ts";

/** States that are never left. */
export const FINAL_STATES: readonly OperationState[] = [
  "done",
  "refused",
  "not_sent",
  "applied",
  "not_applied",
  "settled",
];

/** The longest words a user may give an operation, in characters. */
export const MAX_NOTE = 200;
export const MAX_REFERENCE = 64;

/** The states that prove that it happened. What a person settled is not among them: nothing further is built on that. */
export const PROVEN_STATES: readonly OperationState[] = ["done", "applied"];

/** From these the same thing may be asked for again, as a new operation with `retryOf`. */
export const RETRYABLE_STATES: readonly OperationState[] = ["refused", "not_sent", "not_applied"];
