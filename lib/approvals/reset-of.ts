import "server-only";
import type { approval } from "@/lib/db/schema";
import type { ResetKind } from "@/lib/users/schemas";

type Row = Pick<typeof approval.$inferSelect, "subjectKind" | "subjectIds" | "requestedBy" | "requestedAt">;
export type ResetRequest = { kind: ResetKind; userId: string; requestedBy: string; requestedAt: Date };

/** The reset that an approval is about; null if it is about operations or a batch. */
export function resetOf({
  subjectKind: kind,
  subjectIds: [userId],
  requestedBy,
  requestedAt,
}: Row): ResetRequest | null {
  if (kind === "operation" || kind === "batch" || !userId) return null;
  return { kind, userId, requestedBy, requestedAt };
}
