import "server-only";
import { and, eq, inArray } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { operation } from "@/lib/db/schema";
import type { describeDraftsSchema } from "../schemas";

type Input = { ctx: Ctx; input: z.output<typeof describeDraftsSchema> };

/**
 * Give a user's own drafts their words before they are confirmed: a confirmation sends ids and a typed phrase, no words. Throws
 * AppError not_found if one of them is no draft of theirs any more; then none has changed.
 */
export async function describeDrafts({ ctx, input }: Input): Promise<{ described: number }> {
  const { note, reference } = input;
  const ids = [...new Set(input.operationIds)];
  return ctx.db.transaction(async (tx) => {
    const own = and(eq(operation.actorId, ctx.actor.id ?? ""), eq(operation.state, "draft"));
    const rows = await tx
      .update(operation)
      .set({ note: note ?? null, reference: reference ?? null })
      .where(and(inArray(operation.id, ids), own))
      .returning({ id: operation.id });
    if (rows.length < ids.length) throw new AppError("not_found", "no_such_preview");
    return { described: rows.length };
  });
}
