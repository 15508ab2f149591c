import "server-only";
import { count, eq } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { violates } from "@/lib/db/errors";
import { lockInTransaction } from "@/lib/db/lock-in-transaction";
import { savedView } from "@/lib/db/schema";
import { assertHasRole } from "@/lib/users";
import type { saveViewSchema } from "../schemas";

/** So many views of one user. */
export const MAX_VIEWS = 50;

type Input = { ctx: Ctx; input: z.output<typeof saveViewSchema> };

/**
 * Save a filter and an order under a name. A shared view is seen by everybody, so support may not make one: AppError
 * "forbidden". "conflict" for a name the user has already, "too_many" above {@link MAX_VIEWS}.
 */
export async function saveView({ ctx, input }: Input): Promise<{ id: string }> {
  const ownerId = ctx.actor.id;
  if (!ownerId) throw new AppError("forbidden");
  const { name, shared, filter, sort } = input;
  return ctx.db
    .transaction(async (tx) => {
      await assertHasRole(tx, ctx.actor, shared ? "operator" : "support");
      // Of two at once the second counts the first.
      await lockInTransaction(tx, `cardesk.views.${ownerId}`);
      const [own] = await tx.select({ views: count() }).from(savedView).where(eq(savedView.ownerId, ownerId));
      if (own && own.views >= MAX_VIEWS)
        throw new AppError("too_many", "too_many_views", { params: { limit: MAX_VIEWS } });
      const row = { ownerId, ownerName: ctx.actor.name, name, shared, filter, sort: sort.id, desc: sort.desc };
      const [saved] = await tx
        .insert(savedView)
        .values({ ...row, createdAt: ctx.now() })
        .returning({ id: savedView.id });
      if (!saved) throw new Error("an insert without a row");
      const detail = { name, shared, filter, sort };
      await recordAudit(tx, ctx, { action: "view.saved", targetKind: "view", targetId: saved.id, detail });
      return saved;
    })
    .catch((error: unknown) => {
      if (!violates(error, "saved_view_name_key")) throw error;
      throw new AppError("conflict", "view_name_taken", { fields: { name: "view_name_taken" } });
    });
}
