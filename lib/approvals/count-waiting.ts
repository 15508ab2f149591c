import "server-only";
import { and, count, eq, gt, ne, or, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { allows } from "@/lib/core/roles";
import { approval } from "@/lib/db/schema";
import { approverStands, leftOf } from "./approval-state";

export type WaitingCount = { waiting: number };

/** How many approvals wait for the actor: requests of others an administrator may decide, and own approved ones to send. */
export async function countWaiting({ ctx }: { ctx: Ctx }): Promise<WaitingCount> {
  const { id, role } = ctx.actor;
  if (!id || !allows(role, "operator")) return { waiting: 0 };
  const toSend = and(eq(approval.state, "approved"), eq(approval.requestedBy, id), approverStands);
  const others = and(ne(approval.requestedBy, id), sql`${id}::uuid <> all (${approval.subjectIds})`);
  const toDecide = allows(role, "admin") ? and(eq(approval.state, "pending"), others) : undefined;
  const [row] = await ctx.db
    .select({ waiting: count() })
    .from(approval)
    .where(and(gt(approval.expiresAt, ctx.now()), or(toSend, toDecide), sql`${leftOf} > 0`));
  return { waiting: row?.waiting ?? 0 };
}
