import "server-only";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { lockAdmins } from "../admins";
import { assertHasRole } from "../assert-has-role";
import { lockResettable, type Resettable } from "../lock-resettable";
import type { ResetKind } from "../schemas";
import { readResetNeed } from "./read-reset-need";

type Input = { kind: ResetKind; userId: string };

/**
 * That a reset can be asked approval for: by an administrator, where it needs one and somebody could give it. Throws
 * AppErrors as the reset itself does, and "conflict" (approval_not_needed, reset_too_new_to_ask, reset_no_approver).
 */
export async function checkResetRequest(tx: Tx, ctx: Ctx, { kind, userId }: Input): Promise<Resettable> {
  await lockAdmins(tx);
  await assertHasRole(tx, ctx.actor, "admin");
  const target = await lockResettable(tx, ctx, { kind, userId });
  const reset = { kind, actorId: ctx.actor.id, userId, at: ctx.now() };
  const { need, mayAsk, approverIds } = await readResetNeed(tx, reset);
  if (need !== "approval") throw new AppError("conflict", "approval_not_needed");
  if (!mayAsk) throw new AppError("conflict", "reset_too_new_to_ask");
  if (approverIds.length === 0) throw new AppError("conflict", "reset_no_approver");
  return target;
}
