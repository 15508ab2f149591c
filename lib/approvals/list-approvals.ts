import "server-only";
import { and, count, desc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { allows } from "@/lib/core/roles";
import { approval } from "@/lib/db/schema";
import { stateAt } from "./approval-state";
import type { listApprovalsSchema } from "./schemas";
import { type ApprovalView, account, isAccount, viewApproval, viewColumns } from "./view-approval";

export type ApprovalList = { rows: ApprovalView[]; total: number };

type Input = { ctx: Ctx; input: z.output<typeof listApprovalsSchema> };

/** Approvals: what waits for a decision first, then the newest. Administrators see all, others what they asked for. */
export async function listApprovals({ ctx, input }: Input): Promise<ApprovalList> {
  const state = stateAt(ctx.now());
  const where = and(
    allows(ctx.actor.role, "admin") ? undefined : eq(approval.requestedBy, ctx.actor.id ?? ""),
    input.state ? sql`${state} = ${input.state}` : undefined,
  );
  const [rows, [total]] = await Promise.all([
    ctx.db
      .select(viewColumns(ctx.now()))
      .from(approval)
      .leftJoin(account, isAccount)
      .where(where)
      .orderBy(desc(sql`${state} = 'pending'`), desc(approval.requestedAt), approval.id)
      .limit(input.size)
      .offset((input.page - 1) * input.size),
    ctx.db.select({ n: count() }).from(approval).where(where),
  ]);
  return { rows: rows.map((row) => viewApproval(ctx, row)), total: total?.n ?? 0 };
}
