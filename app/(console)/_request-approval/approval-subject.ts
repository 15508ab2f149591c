import type { ResetKind } from "@/lib/users/schemas";

/** What approval is asked for: drafts by their ids, a batch that does not exist yet, or the reset of an account. */
export type ApprovalSubject =
  | { kind: "operation"; operationIds: readonly string[] }
  | { kind: "batch"; batch: { batchId: string; keyType: number; wanted: number; note: string } }
  | { kind: ResetKind; userId: string };
