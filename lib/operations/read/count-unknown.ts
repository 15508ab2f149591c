import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { together } from "@/lib/db/together";

export type UnknownCount = { unknown: number; needManualResolution: number; oldestAt: string | null };

/** As part of another statement. */
export const unknownCount = sql`(
  select json_build_object('unknown', count(*), 'needManualResolution', count(needs_manual_resolution),
    'oldestAt', min(sent_at)) from operation where state = 'unknown')`.mapWith(
  ({ oldestAt, ...counts }: UnknownCount): UnknownCount => ({
    ...counts,
    oldestAt: oldestAt && new Date(oldestAt).toISOString(),
  }),
);

const readCount = together({ count: unknownCount });

/** How many operations have an unknown outcome, how many of them need manual resolution, and how old the oldest is. */
export async function countUnknown({ ctx }: { ctx: Ctx }): Promise<UnknownCount> {
  return (await readCount(ctx.db)).count;
}
