import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { type Part, readTogether } from "@/lib/db/read-together";
import { followUp } from "@/lib/db/schema";
import { isDueAt } from "./is-due";
import type { DueCount } from "./types";

/** How many open follow-ups of the actor are due. */
export async function countDue({ ctx }: { ctx: Ctx }): Promise<DueCount> {
  return (await readTogether(ctx.db, { count: dueCount({ ctx }) })).count;
}

/** The same as part of another statement. */
export function dueCount({ ctx }: { ctx: Pick<Ctx, "actor" | "now"> }): Part<DueCount> {
  const read = (value: unknown): DueCount => ({ due: Number(value) });
  if (!ctx.actor.id) return { value: sql`0`, read };
  // That it is open stands in the condition itself, for the index of open ones.
  const where = and(eq(followUp.assignedTo, ctx.actor.id), sql`${followUp.state} = 'open'`, isDueAt(ctx.now()));
  return { value: sql`(select count(*) from ${followUp} where ${where})`, read };
}
