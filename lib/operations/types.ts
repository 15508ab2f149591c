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
  type TransferParams,
} from "../db/schema/operation-types.ts";

/** States nothing leaves any more. */
export const FINAL_STATES: readonly OperationState[] = [
  "done",
  "refused",
  "not_sent",
  "applied",
  "not_applied",
  "settled",
];

/** From these a person may ask for the same thing again, as a new operation with `retryOf`. */
export const RETRYABLE_STATES: readonly OperationState[] = ["refused", "not_sent", "not_applied"];

export { type Explanation, explainTransfer } from "./explain-transfer.ts";
