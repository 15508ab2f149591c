import "server-only";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { readSettings } from "@/lib/settings";
import { readProof } from "./read-proof";

/** So much the clocks of two consoles may differ; a proof of later is of a clock that was wrong, and none. */
const CLOCKS_DIFFER_MS = 60_000;

/**
 * Throws AppError "proof_required" unless the caller proved within the last minutes (setting) who they are, in this
 * session. What the system does by itself needs no proof.
 */
export async function assertFreshProof(db: Ctx["db"], ctx: Pick<Ctx, "actor" | "now">): Promise<void> {
  const { id, sessionId } = ctx.actor;
  if (id === null) return;
  const { step_up } = await readSettings({ ctx: { db } });
  const { provedAt, asked } = await readProof(db, sessionId);
  const age = provedAt ? ctx.now().getTime() - provedAt.getTime() : null;
  if (age !== null && age >= -CLOCKS_DIFFER_MS && age <= step_up.minutes * 60_000) return;
  throw new AppError("proof_required", "proof_required", { params: asked });
}
