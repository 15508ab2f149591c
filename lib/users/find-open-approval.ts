import "server-only";
import { and, desc, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { approval, user } from "@/lib/db/schema";

/** An open approval of something. `approved`: it lets that through, given by `decidedByName`. */
export type OpenApproval = { id: string; approved: boolean; decidedByName: string | null };

type Asked = {
  actorId: string;
  now: Date;
  /** Which ones: what they must be about. */
  about: SQL | undefined;
};

/**
 * The approval by which the actor may do something now: asked for by themselves, not expired, and given by somebody who is
 * still an enabled administrator. Or the request that waits for one; null if neither.
 */
export async function findOpenApproval(
  tx: Pick<Tx, "select">,
  { actorId, now, about }: Asked,
): Promise<OpenApproval | null> {
  const { state } = approval;
  const stands = and(eq(state, "approved"), eq(user.role, "admin"), isNull(user.disabledAt));
  const [found] = await tx
    .select({ id: approval.id, state, decidedByName: approval.decidedByName })
    .from(approval)
    .leftJoin(user, eq(user.id, approval.decidedBy))
    .where(and(eq(approval.requestedBy, actorId), or(stands, eq(state, "pending")), gt(approval.expiresAt, now), about))
    .orderBy(desc(sql`${state} = 'approved'`))
    .limit(1);
  return found ? { id: found.id, approved: found.state === "approved", decidedByName: found.decidedByName } : null;
}
