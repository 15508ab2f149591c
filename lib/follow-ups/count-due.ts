import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { followUp } from "@/lib/db/schema";
import { together } from "@/lib/db/together";
import { isDueAt } from "./is-due";
import type { DueCount } from "./types";

// That it is open stands in the condition itself, for the index of open ones.
const dueOnes = and(
  eq(followUp.assignedTo, sql.placeholder("userId")),
  sql`${followUp.state} = 'open'`,
  isDueAt(sql.placeholder("now")),
);
/** As part of another statement; {@link dueValues} are its placeholders. */
export const dueCount = sql`(select count(*) from ${followUp} where ${dueOnes})`.mapWith(
  (count): DueCount => ({ due: Number(count) }),
);
export const dueValues = ({ actor, now }: Pick<Ctx, "actor" | "now">) => ({
  userId: actor.id,
  now: now().toISOString(),
});

const readCount = together({ count: dueCount });

/** How many open follow-ups of the actor are due. */
export async function countDue({ ctx }: { ctx: Ctx }): Promise<DueCount> {
  return (await readCount(ctx.db, dueValues(ctx))).count;
}
