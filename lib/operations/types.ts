export { type Explanation, explainTransfer } from "./kinds/transfer/explain-transfer.ts";
export {
  type CardSnapshot,
  FINAL_STATES,
  type GenerateParams,
  OPERATION_KINDS,
  OPERATION_STATES,
  type OperationKind,
  type OperationParams,
  type OperationState,
  RETRYABLE_STATES,
  type Reading,
} from "./operation.ts";
