import "server-only";
import { eq } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { batch } from "@/lib/db/schema";

/** The ids of the batches that generate: each needs a runner, and the process that had one may have been killed. */
export async function findGenerating({ ctx }: { ctx: Ctx }): Promise<string[]> {
  const rows = await ctx.db.select({ id: batch.id }).from(batch).where(eq(batch.state, "generating"));
  return rows.map((row) => row.id);
}
