import type { OperationKind, OperationState } from "./operation.ts";

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

/** Operations that were looked for. `byReference`: all of them by their ticket number, so the table can show them. */
export type FoundOperations = {
  rows: {
    id: string;
    kind: OperationKind;
    state: OperationState;
    actorName: string;
    createdAt: string;
    reference: string | null;
  }[];
  total: number;
  byReference: boolean;
};
