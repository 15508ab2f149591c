export type { FoundOperations } from "./found-operations.ts";
export { type Explanation, explainTransfer } from "./kinds/transfer/explain-transfer.ts";
export {
  type CardSnapshot,
  FINAL_STATES,
  type GenerateParams,
  MAX_NOTE,
  MAX_REFERENCE,
  OPERATION_KINDS,
  OPERATION_STATES,
  type OperationKind,
  type OperationParams,
  type OperationState,
  RETRYABLE_STATES,
  type Reading,
} from "./operation.ts";
