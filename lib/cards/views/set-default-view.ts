import "server-only";
import { and, eq, or } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { defaultView, savedView } from "@/lib/db/schema";
import type { defaultViewSchema } from "../schemas";

type Input = { ctx: Ctx; input: z.output<typeof defaultViewSchema> };

/** The view the caller's cards table opens with; null: with all cards again. AppError "not_found" for one they can't see. */
export async function setDefaultView({ ctx, input: { viewId } }: Input): Promise<void> {
  const userId = ctx.actor.id;
  if (!userId) throw new AppError("forbidden");
  if (viewId === null) {
    await ctx.db.delete(defaultView).where(eq(defaultView.userId, userId));
    return;
  }
  await ctx.db.transaction(async (tx) => {
    const seen = and(eq(savedView.id, viewId), or(savedView.shared, eq(savedView.ownerId, userId)));
    const [view] = await tx.select({ id: savedView.id }).from(savedView).where(seen).for("share");
    if (!view) throw new AppError("not_found");
    const choice = tx.insert(defaultView).values({ userId, viewId });
    await choice.onConflictDoUpdate({ target: defaultView.userId, set: { viewId } });
  });
}
