import "server-only";
import type { Tx } from "@/lib/db/client";
import type { ResetKind } from "../schemas";
import { readResetNeed } from "./read-reset-need";

type Request = { kind: ResetKind; userId: string; requestedBy: string; requestedAt: Date };

/**
 * Whether a user may approve this request: they were an administrator for a day when it was made, nobody else touched
 * their account since, and it is neither their request nor their account.
 */
export async function mayApproveReset(
  tx: Pick<Tx, "select">,
  approverId: string,
  { kind, userId, requestedBy, requestedAt }: Request,
): Promise<boolean> {
  const { approverIds } = await readResetNeed(tx, { kind, actorId: requestedBy, userId, at: requestedAt });
  return approverIds.includes(approverId);
}
