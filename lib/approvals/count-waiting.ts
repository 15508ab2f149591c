import "server-only";
import { and, eq, gt, ne, or, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { allows } from "@/lib/core/roles";
import { approval } from "@/lib/db/schema";
import { together } from "@/lib/db/together";
import { approverStands, leftOf } from "./approval-state";

export type WaitingCount = { waiting: number };

const userId = sql.placeholder("userId");
const toSend = and(
  sql`${sql.placeholder("maySend")}::boolean`,
  eq(approval.state, "approved"),
  eq(approval.requestedBy, userId),
  approverStands,
);
const toDecide = and(
  sql`${sql.placeholder("mayDecide")}::boolean`,
  eq(approval.state, "pending"),
  ne(approval.requestedBy, userId),
  sql`${userId}::uuid <> all (${approval.subjectIds})`,
);
const waitingOnes = and(gt(approval.expiresAt, sql.placeholder("now")), or(toSend, toDecide), sql`${leftOf} > 0`);

/** As part of another statement; {@link waitingValues} are its placeholders. */
export const waitingCount = sql`(select count(*) from ${approval} where ${waitingOnes})`.mapWith(
  (count): WaitingCount => ({ waiting: Number(count) }),
);
export const waitingValues = ({ actor, now }: Pick<Ctx, "actor" | "now">) => ({
  userId: actor.id,
  now: now().toISOString(),
  maySend: allows(actor.role, "operator"),
  mayDecide: allows(actor.role, "admin"),
});

const readCount = together({ count: waitingCount });

/** How many approvals wait for the actor: requests of others an administrator may decide, and own approved ones to send. */
export async function countWaiting({ ctx }: { ctx: Ctx }): Promise<WaitingCount> {
  return (await readCount(ctx.db, waitingValues(ctx))).count;
}
