import type { OperationKind, OperationState } from "./operation.ts";

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
