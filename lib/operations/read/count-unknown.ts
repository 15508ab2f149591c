import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { type Part, readTogether } from "@/lib/db/read-together";

export type UnknownCount = { unknown: number; needManualResolution: number; oldestAt: string | null };

/** How many operations have an unknown outcome, how many of them need manual resolution, and how old the oldest is. */
export async function countUnknown({ ctx }: { ctx: Ctx }): Promise<UnknownCount> {
  return (await readTogether(ctx.db, { count: unknownCount })).count;
}

/** The same as part of another statement. */
export const unknownCount: Part<UnknownCount> = {
  value: sql`(
    select json_build_object('unknown', count(*), 'needManualResolution', count(needs_manual_resolution),
      'oldestAt', min(sent_at)) from operation where state = 'unknown')`,
  read: (value) => {
    const { oldestAt, ...counts } = value as UnknownCount;
    return { ...counts, oldestAt: oldestAt && new Date(oldestAt).toISOString() };
  },
};
