import "server-only";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { savedView } from "@/lib/db/schema";
import { assertHasRole } from "@/lib/users";
import type { viewIdSchema } from "../schemas";

/**
 * Delete a view, for everybody who sees it or opens the table with it. Its owner may, and an admin a shared one: AppError
 * "forbidden". Somebody else's own view is "not_found": nobody else knows that it exists.
 */
export async function deleteView({ ctx, input }: { ctx: Ctx; input: z.output<typeof viewIdSchema> }): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [view] = await tx.select().from(savedView).where(eq(savedView.id, input.viewId)).for("update");
    const own = view?.ownerId === ctx.actor.id;
    if (!view || !(own || view.shared)) throw new AppError("not_found");
    await assertHasRole(tx, ctx.actor, own ? "support" : "admin");
    await tx.delete(savedView).where(eq(savedView.id, view.id));
    const detail = { name: view.name, shared: view.shared, owner: view.ownerName };
    await recordAudit(tx, ctx, { action: "view.deleted", targetKind: "view", targetId: view.id, detail });
  });
}
