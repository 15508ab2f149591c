import "server-only";
import { eq } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import type { Role } from "@/lib/core/roles";
import type { Tx } from "@/lib/db/client";
import { user } from "@/lib/db/schema";
import { mayWrite } from "./assert-may-write";
import type { PauseBatches, PausedBatches } from "./pause-batches";

type Change = {
  /** Their row is locked. */
  target: { id: string; username: string; role: Role };
  role: Role;
  pauseBatches: PauseBatches;
  /** What changes it, if no administrator does. */
  by?: "claim";
};

/** In the caller's transaction: change a user's role, and pause their batches if they may not generate any more. */
export async function setRole(tx: Tx, ctx: Ctx, { target, role, pauseBatches, by }: Change): Promise<PausedBatches> {
  if (target.role === role) return { pausedBatches: 0 };
  await tx.update(user).set({ role }).where(eq(user.id, target.id));
  const pausedBatches = mayWrite(role) ? 0 : await pauseBatches(tx, ctx, target.id);
  const detail = { username: target.username, from: target.role, to: role, pausedBatches, ...(by && { by }) };
  await recordAudit(tx, ctx, { action: "user.role_changed", targetKind: "user", targetId: target.id, detail });
  return { pausedBatches };
}
