import "server-only";
import { asc, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { user } from "@/lib/db/schema";

/** The names of all users, disabled ones too: what they did stays theirs. There are few, so there are no pages. */
export async function listUserNames({ ctx }: { ctx: Ctx }): Promise<string[]> {
  const rows = await ctx.db
    .select({ username: user.username })
    .from(user)
    .orderBy(asc(sql`lower(${user.username})`));
  return rows.map(({ username }) => username);
}
