import "server-only";
import { and, eq, gt, ne, or, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { allows } from "@/lib/core/roles";
import { type Part, readTogether } from "@/lib/db/read-together";
import { approval } from "@/lib/db/schema";
import { approverStands, leftOf } from "./approval-state";

export type WaitingCount = { waiting: number };

/** How many approvals wait for the actor: requests of others an administrator may decide, and own approved ones to send. */
export async function countWaiting({ ctx }: { ctx: Ctx }): Promise<WaitingCount> {
  if (!mayHaveWaiting(ctx)) return { waiting: 0 };
  return (await readTogether(ctx.db, { count: waitingCount({ ctx }) })).count;
}

/** The same as part of another statement. */
export function waitingCount({ ctx }: { ctx: Pick<Ctx, "actor" | "now"> }): Part<WaitingCount> {
  const read = (value: unknown): WaitingCount => ({ waiting: Number(value) });
  const { id, role } = ctx.actor;
  if (!id || !mayHaveWaiting(ctx)) return { value: sql`0`, read };
  const toSend = and(eq(approval.state, "approved"), eq(approval.requestedBy, id), approverStands);
  const others = and(ne(approval.requestedBy, id), sql`${id}::uuid <> all (${approval.subjectIds})`);
  const toDecide = allows(role, "admin") ? and(eq(approval.state, "pending"), others) : undefined;
  const where = and(gt(approval.expiresAt, ctx.now()), or(toSend, toDecide), sql`${leftOf} > 0`);
  return { value: sql`(select count(*) from ${approval} where ${where})`, read };
}

const mayHaveWaiting = ({ actor }: Pick<Ctx, "actor">): boolean => Boolean(actor.id) && allows(actor.role, "operator");
