import "server-only";
import { and, eq } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { followUp } from "@/lib/db/schema";

type Stored = typeof followUp.$inferSelect;

/**
 * Change a follow-up that is open; returns it as it is then. Throws AppError "not_found", and "conflict" if somebody finished
 * it meanwhile.
 */
export async function changeOpen(tx: Tx, id: string, changes: Partial<Stored>): Promise<Stored> {
  const [changed] = await tx
    .update(followUp)
    .set(changes)
    .where(and(eq(followUp.id, id), eq(followUp.state, "open")))
    .returning();
  if (changed) return changed;
  const [found] = await tx.select({ by: followUp.finishedByName }).from(followUp).where(eq(followUp.id, id));
  if (!found) throw new AppError("not_found", "follow_up_not_found");
  throw new AppError("conflict", "follow_up_finished", { params: { by: found.by ?? "" } });
}
