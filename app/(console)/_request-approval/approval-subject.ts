/** What approval is asked for: drafts by their ids, or a batch that does not exist yet. */
export type ApprovalSubject =
  | { kind: "operation"; operationIds: readonly string[] }
  | { kind: "batch"; batch: { batchId: string; keyType: number; wanted: number; note: string } };
