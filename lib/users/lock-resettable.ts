import "server-only";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { lockUser } from "./lock-user";
import type { ResetKind } from "./schemas";
import { hasSecondFactor } from "./second-factor/read-second-factor";

export type Resettable = Awaited<ReturnType<typeof lockUser>>;

/**
 * A user whose account can be reset so, locked until the transaction ends. AppErrors "not_found", "conflict": disabled
 * (password); oneself, or there is none (second factor).
 */
export async function lockResettable(
  tx: Tx,
  { actor }: Pick<Ctx, "actor">,
  { kind, userId }: { kind: ResetKind; userId: string },
): Promise<Resettable> {
  if (kind === "second_factor_reset" && userId === actor.id) throw new AppError("conflict", "not_own_second_factor");
  const target = await lockUser(tx, userId);
  if (kind === "password_reset" && target.disabled) throw new AppError("conflict", "user_disabled");
  if (kind === "second_factor_reset" && !(await hasSecondFactor(tx, userId)))
    throw new AppError("conflict", "no_second_factor");
  return target;
}
