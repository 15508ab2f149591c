import "server-only";
import { and, desc, eq, gt, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { approval, type BatchSummary, user } from "@/lib/db/schema";
import type { Measure } from "./measure";

/** What is about to begin. An operation's parameters are immutable in its row; a batch has none until it is created. */
export type LimitSubject = { kind: "operation"; id: string } | { kind: "batch"; id: string; summary: BatchSummary };

/** An open approval of something; `approved`: it lets that through. */
export type OpenApproval = { id: string; approved: boolean };

/**
 * The approval by which the actor may begin this over their limit: asked for by themselves, not expired, naming exactly
 * this, and given by somebody who is still an enabled administrator. Or the request that waits for one; null if neither.
 */
export async function findApproval(
  tx: Pick<Tx, "select">,
  { actorId, now }: { actorId: string; now: Date },
  measure: Measure,
  subject: LimitSubject,
): Promise<OpenApproval | null> {
  const { state } = approval;
  const stands = and(eq(state, "approved"), eq(user.role, "admin"), isNull(user.disabledAt));
  const [found] = await tx
    .select({ id: approval.id, state })
    .from(approval)
    .leftJoin(user, eq(user.id, approval.decidedBy))
    .where(
      and(
        eq(approval.requestedBy, actorId),
        or(stands, eq(state, "pending")),
        gt(approval.expiresAt, now),
        eq(approval.measure, measure),
        eq(approval.subjectKind, subject.kind),
        sql`${subject.id}::uuid = any(${approval.subjectIds})`,
        subject.kind === "batch" ? sql`${approval.summary} = ${JSON.stringify(subject.summary)}::jsonb` : undefined,
      ),
    )
    .orderBy(desc(sql`${state} = 'approved'`))
    .limit(1);
  return found ? { id: found.id, approved: found.state === "approved" } : null;
}
